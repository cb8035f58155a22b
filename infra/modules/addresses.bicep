// Where systems are reached, by system or by organisation and system: a list such as "northshire/rms=https://rms.force.example;notify=https://api.notifications.service.gov.uk".

@export()
@description('The app\'s setting for each system of the list. Linux takes no hyphen in the name of a setting: the app reads an underscore as one.')
func addressSettings(list string) object => toObject(entries(list), one => 'Systems__${replace(replace(system(one), '-', '_'), '/', '__')}__Address', one => address(one))

@export()
@description('Whatever in the list names no system, or no single https address.')
func wrongAddresses(list string) string[] => filter(entries(list), one => !contains(one, '=') || empty(system(one)) || !startsWith(address(one), 'https://') || contains(one, ','))

func entries(list string) string[] => filter(map(split(list, ';'), one => trim(one)), one => !empty(one))

func system(one string) string => trim(split(one, '=')[0])

func address(one string) string => trim(substring(one, indexOf(one, '=') + 1))
