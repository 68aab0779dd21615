read -r state network < <(aws ec2 describe-nat-gateways \
  --nat-gateway-ids "$gateway" \
  --query 'NatGateways[0].[State,VpcId]' --output text) || true
[[ ${state:-} == available ]] || refuse "$gateway is $(told "${state:-}")"

routes=$(aws ec2 describe-route-tables \
  --filters "Name=route.nat-gateway-id,Values=$gateway" \
  --query 'join(`, `, RouteTables[].RouteTableId)' --output text)
[[ -z $routes || $routes == None ]] ||
  refuse "routes in $routes lead to $gateway: take them out first"

settings=$(aws ec2 describe-nat-gateways --nat-gateway-ids "$gateway" \
  --query 'NatGateways[0].[SubnetId,NatGatewayAddresses[0].AllocationId]' \
  --output text)
read -r subnet allocation <<<"$settings"

change aws ec2 delete-nat-gateway --nat-gateway-id "$gateway"
echo "way back: aws ec2 create-nat-gateway --subnet-id $subnet" \
  "--allocation-id $allocation, in $network, and its routes"
