function reshape(doc) {
  const address = a => [a.line1, a.line2, a.town, a.postcode].filter(x => x != null && x !== "").join(", ");
  const person = p => ({
    id: p.ref,
    name: [p.forename, p.surname].filter(x => x != null).join(" "),
    born: p.dob ?? null,
    adult: p.dob != null && p.dob < "2008-11-24",
    roles: (p.roles ?? []).map(r => r.toLowerCase())
  });
  const incident = doc.incident;
  const people = doc.people;
  const byRole = {};
  for (const p of people)
    for (const role of p.roles ?? [])
      (byRole[role] ??= []).push(p.ref);
  return {
    id: incident.urn,
    kind: incident.priority <= 2 ? "emergency" : "routine",
    opened: incident.created,
    place: { text: address(incident.location), lat: incident.location.coordinates[0], lon: incident.location.coordinates[1] },
    people: people.map(person),
    victims: people.filter(p => (p.roles ?? []).some(r => r === "VICTIM")).map(p => p.ref),
    byRole: byRole,
    items: incident.items.filter(i => i.value > 50).map(i => ({ tag: i.tag, pence: Math.floor(i.value * 100) }))
      .sort((a, b) => a.pence - b.pence).reverse(),
    total: incident.items.map(i => i.value).reduce((a, b) => a + b),
    flags: Object.entries(incident.flags).filter(([, on]) => on).map(([name]) => name).sort(),
    summary: `${incident.urn}: ${people.length} people, ${incident.items.length} items`
  };
}
