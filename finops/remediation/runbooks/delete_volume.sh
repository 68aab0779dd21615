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
