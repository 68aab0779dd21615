read -r state name < <(aws elbv2 describe-load-balancers \
  --load-balancer-arns "$balancer" \
  --query 'LoadBalancers[0].[State.Code,LoadBalancerName]' --output text) || true
[[ -n ${state:-} ]] || refuse "$balancer is not there"

for group in $(aws elbv2 describe-target-groups --load-balancer-arn "$balancer" \
  --query 'TargetGroups[].TargetGroupArn' --output text); do
  targets=$(aws elbv2 describe-target-health --target-group-arn "$group" \
    --query 'length(TargetHealthDescriptions)' --output text)
  [[ $targets == 0 ]] || refuse "$name has $targets targets again"
done

protected=$(aws elbv2 describe-load-balancer-attributes \
  --load-balancer-arn "$balancer" --output text \
  --query 'Attributes[?Key==`deletion_protection.enabled`] | [0].Value')
[[ $protected != true ]] || refuse "$name is protected against deletion"

kept="load-balancer-before-deletion.json"
[[ $run == no ]] || {
  aws elbv2 describe-load-balancers --load-balancer-arns "$balancer"
  aws elbv2 describe-listeners --load-balancer-arn "$balancer"
} >"$kept"
change aws elbv2 delete-load-balancer --load-balancer-arn "$balancer"
echo "way back: make it anew from $kept; it gets another DNS name"
