def person:
  {
    id: .ref,
    name: ([.forename, .surname] | map(select(. != null)) | join(" ")),
    born: (.dob // null),
    adult: (.dob != null and .dob < "2008-11-24"),
    roles: [.roles[]? | ascii_downcase]
  };
def address: [.line1, .line2, .town, .postcode] | map(select(. != null and . != "")) | join(", ");
.incident as $incident
| .people as $people
| {
    id: $incident.urn,
    kind: (if $incident.priority <= 2 then "emergency" else "routine" end),
    opened: $incident.created,
    place: ($incident.location | {text: address, lat: .coordinates[0], lon: .coordinates[1]}),
    people: [$people[] | person],
    victims: [$people[] | select(any(.roles[]?; . == "VICTIM")) | .ref],
    byRole: (
      reduce ($people[] | .ref as $ref | .roles[]? | {role: ., ref: $ref}) as $each
        ({}; .[$each.role] += [$each.ref])
    ),
    items: ($incident.items
      | map(select(.value > 50) | {tag: .tag, pence: (.value * 100 | floor)})
      | sort_by(.pence)
      | reverse),
    total: ($incident.items | map(.value) | add),
    flags: ($incident.flags | to_entries | map(select(.value)) | map(.key) | sort),
    summary: "\($incident.urn): \($people | length) people, \($incident.items | length) items"
  }
