#!/usr/bin/env bash
# Before provisioning: notes in the environment of azd the month in which the budget begins, once. Azure refuses to change it later.
set -euo pipefail

if [ -n "${INTEROP_BUDGET_FROM:-}" ]; then exit 0; fi
if [ "${CI:-}" = true ]; then
  # An environment made anew for each run would begin another budget each month, and be refused.
  echo "Set the variable INTEROP_BUDGET_FROM of the environment to the first day of the month of its first deployment, such as $(date -u +%Y-%m-01), and leave it." >&2
  exit 1
fi
azd env set INTEROP_BUDGET_FROM "$(date -u +%Y-%m-01)"
