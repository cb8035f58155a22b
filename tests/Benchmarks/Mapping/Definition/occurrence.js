const statuses = { REC: "recorded", UIN: "under-investigation", CHG: "charged", CLO: "closed" };
const offences = { "028/01": "burglary-dwelling", "030/02": "burglary-other", "034/01": "robbery", "058/01": "criminal-damage" };
const eventTypes = { OIC: "officer-assigned", ARR: "suspect-arrested", BAI: "released-on-bail", FIL: "file-sent" };
const changes = {};

// The last Sundays of March and October, at 01:00 UTC.
function changesOf(year) {
  const lastSunday = month => { const last = new Date(Date.UTC(year, month, 31, 1)); return last.getTime() - last.getUTCDay() * 86400000; };
  return changes[year] ??= [lastSunday(2), lastSunday(9)];
}

function instant(text) {
  const year = +text.substring(6, 10);
  const local = Date.UTC(year, +text.substring(3, 5) - 1, +text.substring(0, 2), +text.substring(11, 13), +text.substring(14, 16));
  const [forward, back] = changesOf(year);
  const utc = local >= forward + 3600000 && local < back ? local - 3600000 : local;
  return new Date(utc).toISOString().substring(0, 19) + "Z";
}

function date(text) { return text.substring(6, 10) + "-" + text.substring(3, 5) + "-" + text.substring(0, 2); }

function translate(json) {
  const from = JSON.parse(json).occurrence;
  return JSON.stringify({
    references: [{ kind: "occurrence", value: from.number }, { kind: "crime", value: from.crimeRef }],
    status: statuses[from.status],
    offence: offences[from.offenceCode],
    occurredFrom: instant(from.committedFrom),
    occurredTo: from.committedTo === undefined ? undefined : instant(from.committedTo),
    summary: from.modus,
    location: from.venue === undefined ? undefined : { lines: from.venue.address, town: from.venue.town, postcode: from.venue.postCode },
    persons: from.nominal.map(one => ({
      role: one.role, name: { given: one.forename, family: one.surname }, dateOfBirth: one.dob === undefined ? undefined : date(one.dob),
      sms: one.mobile === undefined ? undefined : "+44" + one.mobile.substring(1), needs: one.needs
    })),
    events: from.event.map(one => ({ kind: eventTypes[one.type], at: instant(one.at), text: one.text }))
  });
}
