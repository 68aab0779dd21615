read -r address association < <(aws ec2 describe-addresses \
  --allocation-ids "$allocation" \
  --query 'Addresses[0].[PublicIp,AssociationId]' --output text) || true
[[ -n ${address:-} ]] || refuse "$allocation is not there"
[[ $association == None ]] || refuse "$address is in use again ($association)"

change aws ec2 release-address --allocation-id "$allocation"
echo "way back: while nobody else has it,"
echo "aws ec2 allocate-address --domain vpc --address $address"
