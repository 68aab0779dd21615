set -euo pipefail
export AWS_PAGER=""

case "${1:-}" in
  "") run=no ;;
  --run) run=yes ;;
  *) echo "usage: bash runbook.sh [--run]" >&2; exit 2 ;;
esac

refuse() { echo "refused: $*" >&2; exit 3; }

# What AWS says of an object, or that it says nothing.
told() { if [[ -z $1 || $1 == None ]]; then echo "not there"; else echo "$1"; fi; }

# Does what follows, or says what it would do.
change() {
  if [[ $run == yes ]]; then "$@"; else printf 'would run:'; printf ' %q' "$@"; echo; fi
}

caller=$(aws sts get-caller-identity --query Account --output text)
[[ -z $account || $caller == "$account" ]] ||
  refuse "these credentials are of account $caller, the review was of $account"
[[ -z $region ]] || export AWS_DEFAULT_REGION="$region" AWS_REGION="$region"
echo "account $caller, region ${region:-of your AWS configuration}"
