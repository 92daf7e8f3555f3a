# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for tallystick
_tallystick()
{
    local cur prev words cword
    _init_completion || return

    local verbs="lab users user history balance verify top-up spend reward refund reverse activate
                 stress pictures"
    local global="--connection --data --help --version"
    case $prev in
    --data | --output) _filedir -d; return ;;
    --json | --html | --junit | --hlog | --csv)
        if [[ " ${words[*]} " == *" stress "* ]]; then
            _filedir
            return
        fi
        ;;
    --way) mapfile -t COMPREPLY < <(compgen -W "row-lock function" -- "$cur"); return ;;
    --theme) mapfile -t COMPREPLY < <(compgen -W "light dark" -- "$cur"); return ;;
    --scale) mapfile -t COMPREPLY < <(compgen -W "1 2" -- "$cur"); return ;;
    --page) mapfile -t COMPREPLY < <(compgen -W "customers stress" -- "$cur"); return ;;
    --type)
        mapfile -t COMPREPLY < <(compgen -W \
            "TOP_UP USAGE GRANT REFUND CARD_CHECK SUBSCRIPTION" -- "$cur")
        return
        ;;
    --connection | --search | --limit | --after | --before | --email | --name | --at | --key | \
        --new-key | --reason | --ceiling | --users | --transactions | --seed | --clients | --rate | \
        --seconds | --operations | --size | --user)
        return
        ;;
    esac

    local verb="" i
    for ((i = 1; i < cword; ++i)); do
        case ${words[i]} in
        --connection | --data) ((++i)) ;;
        -*) ;;
        *) verb="$verb${verb:+ }${words[i]}" ;;
        esac
        [[ $verb == lab || $verb == user || $verb == stress || -z $verb ]] || break
    done

    local choice=""
    case $verb in
    "") choice="$verbs --user --page" ;;
    lab) choice="start stop status reset uri path seed mark" ;;
    user) choice="create show" ;;
    stress) choice="list schema run suite controls compare" ;;
    "lab seed") choice="--users --transactions --seed --crimes --json" ;;
    "lab mark" | "lab stop" | "lab reset") choice="--yes --json" ;;
    lab\ *) choice="--json" ;;
    users) choice="--search --limit --after --json" ;;
    "user create") choice="--email --name --no-balance-row --json" ;;
    "user show") choice="--json" ;;
    history) choice="--limit --before --type --json --csv" ;;
    balance) choice="--at --json" ;;
    verify) choice="--all --json" ;;
    top-up) choice="--ceiling --key --reason --json" ;;
    spend | refund | reverse) choice="--key --reason --json" ;;
    reward) choice="--key --json" ;;
    activate) choice="--new-key --key --json" ;;
    "stress list") choice="--json" ;;
    "stress run")
        choice="--way --clients --rate --seconds --operations --users --seed --keep-users --json --html
                --junit --hlog --csv --quiet"
        if [[ $prev == run ]]; then
            choice="$(tallystick stress list --json 2>/dev/null |
                sed -n 's/^ *"name": *"\([^"]*\)".*/\1/p')"
            _filedir json
        fi
        ;;
    "stress suite") choice="--way --json --html --junit --quiet" ;;
    "stress controls") choice="--json --quiet" ;;
    "stress compare")
        choice="--json --html"
        _filedir json
        ;;
    pictures) choice="--output --theme --size --scale" ;;
    esac
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$choice $global" -- "$cur")
} &&
    complete -F _tallystick tallystick
