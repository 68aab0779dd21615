zones=$(aws ec2 describe-fast-snapshot-restores \
  --filters "Name=snapshot-id,Values=$snapshot" "Name=state,Values=enabled" \
  --query 'FastSnapshotRestores[].AvailabilityZone' --output text)
[[ -n $zones && $zones != None ]] || refuse "fast restore of $snapshot is off"

read -r -a listed <<<"$zones"
change aws ec2 disable-fast-snapshot-restores \
  --source-snapshot-ids "$snapshot" --availability-zones "${listed[@]}"
echo "way back: aws ec2 enable-fast-snapshot-restores" \
  "--source-snapshot-ids $snapshot --availability-zones $zones"
