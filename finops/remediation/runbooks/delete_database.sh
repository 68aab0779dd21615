read -r state class protected replicas < <(aws rds describe-db-instances \
  --db-instance-identifier "$database" --output text \
  --query 'DBInstances[0].[DBInstanceStatus,DBInstanceClass,DeletionProtection,length(ReadReplicaDBInstanceIdentifiers || `[]`)]') || true
[[ ${state:-} == available || ${state:-} == stopped ]] ||
  refuse "$database is $(told "${state:-}")"
[[ $protected == False ]] || refuse "$database is protected against deletion"
[[ $replicas == 0 ]] || refuse "$database has $replicas read replicas"

# Without these a database is restored into the default network.
read -r subnets groups < <(aws rds describe-db-instances \
  --db-instance-identifier "$database" --output text \
  --query 'DBInstances[0].[DBSubnetGroup.DBSubnetGroupName,join(`,`, VpcSecurityGroups[].VpcSecurityGroupId)]')
network=""
[[ $subnets == None ]] || network=" --db-subnet-group-name $subnets"
[[ -z $groups || $groups == None ]] ||
  network+=" --vpc-security-group-ids ${groups//,/ }"

snapshot="$database-final-$(date -u +%Y%m%d%H%M%S)"
change aws rds delete-db-instance --db-instance-identifier "$database" \
  --final-db-snapshot-identifier "$snapshot" --no-delete-automated-backups
echo "way back: aws rds restore-db-instance-from-db-snapshot" \
  "--db-instance-identifier $database --db-snapshot-identifier $snapshot" \
  "--db-instance-class $class$network"
