read -r state root < <(aws ec2 describe-instances --instance-ids "$instance" \
  --query 'Reservations[0].Instances[0].[State.Name,RootDeviceType]' \
  --output text) || true
[[ ${state:-} == running ]] || refuse "$instance is $(told "${state:-}")"
[[ $root == ebs ]] || refuse "$instance runs from instance store: a stop loses it"

group=$(aws ec2 describe-tags --filters "Name=resource-id,Values=$instance" \
  "Name=key,Values=aws:autoscaling:groupName" --query 'Tags[0].Value' --output text)
[[ $group == None ]] || refuse "$instance belongs to the Auto Scaling group $group"

change aws ec2 stop-instances --instance-ids "$instance"
echo "way back: aws ec2 start-instances --instance-ids $instance"
