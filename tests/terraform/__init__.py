"""A stand-in for Terraform's AWS provider, which needs no network.

It speaks the provider protocol to the real Terraform, serves the real schema,
and reads AWS objects from moto, so that `validate` and `plan` are the real ones.
It never applies anything.
"""
