memory=$(aws lambda get-function-configuration --function-name "$function" \
  --query MemorySize --output text) || refuse "$function is not there"
[[ $memory == "$reviewed_memory" ]] ||
  refuse "$function has $memory MB, the review was of $reviewed_memory MB"

change aws lambda update-function-configuration --function-name "$function" \
  --memory-size "$target_memory"
echo "way back: aws lambda update-function-configuration" \
  "--function-name $function --memory-size $memory"
