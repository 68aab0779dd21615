read -r state mode read_units write_units indexes < <(aws dynamodb describe-table \
  --table-name "$table" --output text \
  --query 'Table.[TableStatus,BillingModeSummary.BillingMode,ProvisionedThroughput.ReadCapacityUnits,ProvisionedThroughput.WriteCapacityUnits,length(GlobalSecondaryIndexes || `[]`)]') || true
[[ ${state:-} == ACTIVE ]] || refuse "$table is $(told "${state:-}")"
[[ $mode != PAY_PER_REQUEST ]] || refuse "$table is on demand already"

change aws dynamodb update-table --table-name "$table" \
  --billing-mode PAY_PER_REQUEST
echo "way back: aws dynamodb update-table" \
  "--table-name $table --billing-mode PROVISIONED --provisioned-throughput" \
  "ReadCapacityUnits=$read_units,WriteCapacityUnits=$write_units"
[[ $indexes == 0 ]] ||
  echo "and --global-secondary-index-updates with the capacity of its $indexes indexes"
