# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion for tallystick
set -l verbs lab users user history balance verify top-up spend reward refund reverse activate stress pictures
set -l first "not __fish_seen_subcommand_from $verbs"

complete -c tallystick -f
complete -c tallystick -n "$first" -a "$verbs"
complete -c tallystick -n "$first" -l user -x -d "open this customer"
complete -c tallystick -n "$first" -l page -x -a "customers stress" -d "open this page"
complete -c tallystick -l connection -x -d "a database, postgresql://…"
complete -c tallystick -l data -x -a "(__fish_complete_directories)" -d "where the lab lives"
complete -c tallystick -l help -d "print the usage"
complete -c tallystick -l version -d "print the version"

complete -c tallystick -n "__fish_seen_subcommand_from lab" -a "start stop status reset uri path seed mark"
complete -c tallystick -n "__fish_seen_subcommand_from seed" -l users -x -d "customers"
complete -c tallystick -n "__fish_seen_subcommand_from seed" -l transactions -x -d "rows"
complete -c tallystick -n "__fish_seen_subcommand_from seed" -l seed -x -d "same seed, same data"
complete -c tallystick -n "__fish_seen_subcommand_from seed" -l crimes -d "planted faults"
complete -c tallystick -n "__fish_seen_subcommand_from mark stop reset" -l yes -d "do not ask"

complete -c tallystick -n "__fish_seen_subcommand_from user" -a "create show"
complete -c tallystick -n "__fish_seen_subcommand_from create" -l email -x
complete -c tallystick -n "__fish_seen_subcommand_from create" -l name -x
complete -c tallystick -n "__fish_seen_subcommand_from create" -l no-balance-row
complete -c tallystick -n "__fish_seen_subcommand_from users" -l search -x
complete -c tallystick -n "__fish_seen_subcommand_from users history" -l limit -x
complete -c tallystick -n "__fish_seen_subcommand_from users" -l after -x
complete -c tallystick -n "__fish_seen_subcommand_from history" -l before -x
complete -c tallystick -n "__fish_seen_subcommand_from history" -l type -x -a "TOP_UP USAGE GRANT REFUND CARD_CHECK SUBSCRIPTION"
complete -c tallystick -n "__fish_seen_subcommand_from history" -l csv
complete -c tallystick -n "__fish_seen_subcommand_from balance" -l at -x -d "as it was then"
complete -c tallystick -n "__fish_seen_subcommand_from verify" -l all -d "every customer"
complete -c tallystick -n "__fish_seen_subcommand_from lab users user history balance verify top-up spend reward refund reverse activate list" -l json -d "print one JSON document"

complete -c tallystick -n "__fish_seen_subcommand_from top-up" -l ceiling -x
complete -c tallystick -n "__fish_seen_subcommand_from top-up spend reward refund reverse activate" -l key -x -d "idempotency key"
complete -c tallystick -n "__fish_seen_subcommand_from top-up spend refund reverse" -l reason -x -d "why"
complete -c tallystick -n "__fish_seen_subcommand_from activate" -l new-key -x

complete -c tallystick -n "__fish_seen_subcommand_from stress" -a "list schema run suite controls compare"
complete -c tallystick -n "__fish_seen_subcommand_from run suite" -l way -x -a "row-lock function"
for option in clients rate seconds operations users seed
    complete -c tallystick -n "__fish_seen_subcommand_from run" -l $option -x
end
complete -c tallystick -n "__fish_seen_subcommand_from run" -l keep-users
complete -c tallystick -n "__fish_seen_subcommand_from run suite controls compare" -l json -r -F
complete -c tallystick -n "__fish_seen_subcommand_from run suite compare" -l html -r -F
complete -c tallystick -n "__fish_seen_subcommand_from run suite" -l junit -r -F
complete -c tallystick -n "__fish_seen_subcommand_from run" -l hlog -r -F
complete -c tallystick -n "__fish_seen_subcommand_from run" -l csv -r -F
complete -c tallystick -n "__fish_seen_subcommand_from run suite controls" -l quiet

complete -c tallystick -n "__fish_seen_subcommand_from pictures" -l output -x -a "(__fish_complete_directories)"
complete -c tallystick -n "__fish_seen_subcommand_from pictures" -l theme -x -a "light dark"
complete -c tallystick -n "__fish_seen_subcommand_from pictures" -l size -x
complete -c tallystick -n "__fish_seen_subcommand_from pictures" -l scale -x -a "1 2"
