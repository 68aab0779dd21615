read -r state owner < <(aws ec2 describe-snapshots --snapshot-ids "$snapshot" \
  --query 'Snapshots[0].[State,OwnerId]' --output text) || true
[[ ${state:-} == completed ]] || refuse "$snapshot is $(told "${state:-}")"
[[ $owner == "$caller" ]] || refuse "$snapshot belongs to account $owner"

image=$(aws ec2 describe-images --owners self --output text --query \
  "Images[?BlockDeviceMappings[?Ebs.SnapshotId=='$snapshot']] | [0].ImageId")
[[ $image == None ]] || refuse "the image $image is made of $snapshot"

shared=$(aws ec2 describe-snapshot-attribute --snapshot-id "$snapshot" \
  --attribute createVolumePermission \
  --query 'length(CreateVolumePermissions || `[]`)' --output text)
[[ $shared == 0 ]] || refuse "$snapshot is shared with other accounts"

kept=$(aws ec2 describe-snapshots --snapshot-ids "$snapshot" --output text \
  --query 'Snapshots[0].Tags[?starts_with(Key, `aws:backup:`) || starts_with(Key, `aws:dlm:`)] | [0].Key')
[[ $kept == None ]] || refuse "a backup plan keeps $snapshot ($kept)"

change aws ec2 delete-snapshot --snapshot-id "$snapshot"
echo "way back: only from the Recycle Bin, where a retention rule covers snapshots:"
echo "aws ec2 restore-snapshot-from-recycle-bin --snapshot-id $snapshot"
