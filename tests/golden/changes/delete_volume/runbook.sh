#!/usr/bin/env bash
# Delete EBS volume vol-0123456789abcdef0, with a snapshot of it first
# Why: Attached to nothing for 40 days
# Estimated saving: $50.00 a month
# Risk: medium. The volume goes, its snapshot stays. Nothing is attached to
# it; the script stops if that has changed, or its size.
# Written on 23 Nov 2026 by finops. Nothing has been run.
# Without --run it looks, and changes nothing.

account=482915730164
region=us-east-1
volume=vol-0123456789abcdef0
reviewed_size=500

set -euo pipefail
export AWS_PAGER=""

case "${1:-}" in
  "") run=no ;;
  --run) run=yes ;;
  *) echo "usage: bash runbook.sh [--run]" >&2; exit 2 ;;
esac

refuse() { echo "refused: $*" >&2; exit 3; }

# What AWS says of an object, or that it says nothing.
told() { if [[ -z $1 || $1 == None ]]; then echo "not there"; else echo "$1"; fi; }

# Does what follows, or says what it would do.
change() {
  if [[ $run == yes ]]; then "$@"; else printf 'would run:'; printf ' %q' "$@"; echo; fi
}

caller=$(aws sts get-caller-identity --query Account --output text)
[[ -z $account || $caller == "$account" ]] ||
  refuse "these credentials are of account $caller, the review was of $account"
[[ -z $region ]] || export AWS_DEFAULT_REGION="$region" AWS_REGION="$region"
echo "account $caller, region ${region:-of your AWS configuration}"

look() {
  aws ec2 describe-volumes --volume-ids "$volume" \
    --query 'Volumes[0].[State,Size,length(Attachments),AvailabilityZone,VolumeType,Iops,Throughput]' \
    --output text
}

recheck() {
  read -r state size attachments zone type iops throughput < <(look) || true
  [[ ${state:-} == available && $attachments == 0 ]] ||
    refuse "$volume is $(told "${state:-}"), with ${attachments:-no} attachments"
  [[ $size == "$reviewed_size" ]] ||
    refuse "$volume has $size GB, the review was of $reviewed_size GB"
}

recheck
if [[ $run == no ]]; then
  echo "dry run: would take a snapshot of $volume, wait for it, and delete $volume"
  exit 0
fi

snapshot=$(aws ec2 create-snapshot --volume-id "$volume" \
  --description "before $volume was deleted" --query SnapshotId --output text)
aws ec2 wait snapshot-completed --snapshot-ids "$snapshot"
recheck
aws ec2 delete-volume --volume-id "$volume"
echo "deleted $volume"
# Only these types take a speed, and io1 and io2 are not made without one.
speed=""
[[ $type != io1 && $type != io2 && $type != gp3 ]] || speed=" --iops $iops"
[[ $type != gp3 ]] || speed+=" --throughput $throughput"
echo "way back: aws ec2 create-volume --snapshot-id $snapshot" \
  "--availability-zone $zone --volume-type $type$speed"
