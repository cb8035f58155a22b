#!/usr/bin/env bash
# After the app is deployed: tells it of files dropped in court-results. The host's key for that is asked for here and kept nowhere.
set -euo pipefail

group=${AZURE_RESOURCE_GROUP:?run this by azd}
subscription=${AZURE_SUBSCRIPTION_ID:?run this by azd}
# The host makes the key when it first loads the extension, some moments after the app is there: asked for up to thirty times, ten seconds apart.
for tries in {1..30}; do
  key=$(az functionapp keys list --subscription "$subscription" --resource-group "$group" --name "${INTEROP_APP:?}" --query systemKeys.blobs_extension --output tsv || true)
  if [ -n "$key" ]; then break; fi
  if [ "$tries" = 30 ]; then echo "The host of $INTEROP_APP has made no key for dropped files. When the app runs, see its log stream, run \"azd hooks run postdeploy\"." >&2; exit 1; fi
  sleep 10
done
az eventgrid system-topic event-subscription create --subscription "$subscription" --resource-group "$group" --system-topic-name "${INTEROP_FILES_TOPIC:?}" --name court-results \
  --endpoint "${INTEROP_ADDRESS:?}/runtime/webhooks/blobs?functionName=Host.Functions.CourtResults&code=$key" \
  --included-event-types Microsoft.Storage.BlobCreated --subject-begins-with /blobServices/default/containers/court-results/ --output none
