#!/usr/bin/env bash
# After the app is deployed: tells it of files dropped in court-results. The host's key for that is asked for here and kept nowhere.
set -euo pipefail

group=${AZURE_RESOURCE_GROUP:?run this by azd}
key=$(az functionapp keys list --resource-group "$group" --name "${INTEROP_APP:?}" --query systemKeys.blobs_extension --output tsv)
az eventgrid system-topic event-subscription create --resource-group "$group" --system-topic-name "${INTEROP_FILES_TOPIC:?}" --name court-results \
  --endpoint "${INTEROP_ADDRESS:?}/runtime/webhooks/blobs?functionName=Host.Functions.CourtResults&code=$key" \
  --included-event-types Microsoft.Storage.BlobCreated --subject-begins-with /blobServices/default/containers/court-results/ --output none
