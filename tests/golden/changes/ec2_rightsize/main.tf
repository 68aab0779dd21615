# Right-size EC2 instance i-0123456789abcdef0 from t2.large to t3.medium
#
# Why: CPU <10% for 30 days
# Estimated saving: $37.38 a month
# Risk: medium. The instance stops, changes its type and starts again: a few
# minutes without it. It starts even if it was stopped before. Its disks,
# private address and tags stay.
# Written on 23 Nov 2026 by finops. Nothing has been applied.
#
# README.md says what to check first, and how to go back.

terraform {
  required_version = ">= 1.7"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

# Terraform refuses to touch any other account.
provider "aws" {
  region              = "us-east-1"
  allowed_account_ids = ["482915730164"]
}

# Tells guard-plan which account the plan was made in.
data "aws_caller_identity" "current" {}

# The instance as it is when the plan is made.
data "aws_instance" "before" {
  instance_id = "i-0123456789abcdef0"
}

import {
  to = aws_instance.target
  id = "i-0123456789abcdef0"
}

# The instance that runs today, not another one.
resource "aws_instance" "target" {
  ami = data.aws_instance.before.ami
  # Was t2.large.
  instance_type = "t3.medium"

  # Everything else about it stays as it is, tags included.
  lifecycle {
    prevent_destroy = true
    ignore_changes = [
      capacity_reservation_specification, cpu_options, credit_specification,
      ebs_block_device, enclave_options, ephemeral_block_device, force_destroy,
      get_password_data, hibernation, instance_market_options, launch_template,
      maintenance_options, metadata_options, network_interface,
      primary_network_interface, private_dns_name_options, root_block_device,
      secondary_network_interface, source_dest_check, tags, user_data,
      user_data_replace_on_change, volume_tags,
    ]

    precondition {
      condition     = contains(["t2.large", "t3.medium"], data.aws_instance.before.instance_type)
      error_message = "This is neither t2.large, as reviewed, nor t3.medium: look again."
    }
  }
}

output "change" {
  description = "From what to what."
  value       = "t2.large to t3.medium"
}

output "estimated_monthly_savings" {
  description = "A month, in USD."
  value       = 37.38
}
