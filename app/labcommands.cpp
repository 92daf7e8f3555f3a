// SPDX-License-Identifier: GPL-3.0-or-later
//! The verbs of the lab: its server, its data, its marker.
#include "app/answers.h"
#include "app/commands.h"
#include "ledger/postgres/open.h"
#include "ui/shared/format.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>

#include <iostream>
#include <string>

#include <poll.h>
#include <unistd.h>

namespace tallystick {

namespace {

AnswerContext context(bool json)
{
    return {.doing = words::Doing::Reading, .json = json, .facts = {}};
}

QString nameOf(LabStatus::State state)
{
    switch (state) {
    case LabStatus::State::Absent:
        return QStringLiteral("absent");
    case LabStatus::State::Stopped:
        return QStringLiteral("stopped");
    case LabStatus::State::Running:
        return QStringLiteral("running");
    case LabStatus::State::Damaged:
        return QStringLiteral("damaged");
    }
    Q_UNREACHABLE();
}

void printValue(Console& console, bool json, const QString& name, const QString& value)
{
    if (json)
        console.print(document({{name, value}}));
    else
        console.print(value);
}

ExitCode status(const LabOptions& options, const LabUse& use, Console& console)
{
    const LabStatus found = use.lab().status();
    const bool isRunning = found.state == LabStatus::State::Running;
    const bool isDamaged = found.state == LabStatus::State::Damaged;
    if (options.json) {
        QJsonObject json{{QStringLiteral("state"), nameOf(found.state)},
                         {QStringLiteral("path"), use.lab().settings().directory},
                         {QStringLiteral("kept"), use.isKept()}};
        if (!found.serverVersion.isEmpty())
            json.insert(QStringLiteral("version"), found.serverVersion);
        if (isRunning) {
            json.insert(QStringLiteral("pid"), found.serverPid);
            json.insert(QStringLiteral("uri"), use.lab().connection().uri);
        }
        if (isDamaged)
            json.insert(QStringLiteral("explanation"), found.explanation);
        console.print(document(json));
    } else if (isRunning) {
        console.print(QStringLiteral("running: PostgreSQL %1, process %2, %3")
                          .arg(found.serverVersion)
                          .arg(found.serverPid)
                          .arg(use.lab().settings().directory));
    } else {
        console.print(
            QStringLiteral("%1: %2").arg(nameOf(found.state), use.lab().settings().directory));
    }
    if (isDamaged) {
        console.say(QStringLiteral("%1. \"tallystick lab reset\" sets it aside and begins anew.")
                        .arg(printable(found.explanation)));
        return ExitCode::Failed;
    }
    return isRunning ? ExitCode::Done : ExitCode::Refused;
}

/// What others work on is not taken from under them unasked.
std::optional<ExitCode> refusedInUse(const LabOptions& options, const LabUse& use, Console& console)
{
    if (options.isConfirmed || !use.isUsedByOthers())
        return std::nullopt;
    QStringList processes;
    QJsonArray pids;
    for (const qint64 pid : use.users()) {
        processes << QString::number(pid);
        pids.append(pid);
    }
    const QString who =
        processes.isEmpty()
            ? QStringLiteral("another program")
            : QStringLiteral("another program (process %1)").arg(processes.join(u", "));
    const QString sentence =
        QStringLiteral("The lab in %1 is in use by %2, such as an open window or a stress run; "
                       "nothing was done. Close it first, or say --yes to cut it off.")
            .arg(use.lab().settings().directory, who);
    if (options.json)
        console.print(document({{QStringLiteral("refused"),
                                 QJsonObject{{QStringLiteral("name"), QStringLiteral("LabInUse")},
                                             {QStringLiteral("processes"), pids},
                                             {QStringLiteral("sentence"), sentence}}}}));
    console.say(printable(sentence));
    return ExitCode::Refused;
}

ExitCode stop(const LabOptions& options, LabUse& use, Console& console)
{
    if (const auto exitCode = refusedInUse(options, use, console))
        return *exitCode;
    if (const Outcome stopped = use.stop(); !stopped)
        return answerError(console, stopped.error(), context(options.json));
    if (options.json)
        console.print(document({{QStringLiteral("state"), nameOf(use.lab().status().state)}}));
    return ExitCode::Done;
}

ExitCode reset(const LabOptions& options, LabUse& use, Console& console)
{
    if (const auto exitCode = refusedInUse(options, use, console))
        return *exitCode;
    const Result<QString> aside = use.lab().reset();
    if (!aside)
        return answerError(console, aside.error(), context(options.json));
    if (options.json)
        console.print(document({{QStringLiteral("aside"), *aside}}));
    if (aside->isEmpty()) {
        console.say(QStringLiteral("There was no lab in %1.").arg(use.lab().settings().directory));
        return ExitCode::Done;
    }
    if (!options.json)
        console.print(*aside);
    console.say(QStringLiteral("What the lab in %1 held was set aside whole in the directory %2; "
                               "nothing was deleted. The next use makes a new lab.")
                    .arg(use.lab().settings().directory, *aside));
    return ExitCode::Done;
}

ExitCode uri(const LabOptions& options, const LabUse& use, Console& console)
{
    if (use.lab().status().state != LabStatus::State::Running) {
        console.say(QStringLiteral("The lab does not run; \"tallystick lab start\" starts it."));
        return ExitCode::Failed;
    }
    printValue(console, options.json, QStringLiteral("uri"), use.lab().connection().uri);
    return ExitCode::Done;
}

/// False when asked to stop before a line came.
bool isLineWaiting(const std::stop_token& stop)
{
    constexpr int paceMillis = 100;
    pollfd input{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0};
    while (!stop.stop_requested())
        if (poll(&input, 1, paceMillis) != 0)
            return true;
    return false;
}

bool isConfirmedByHand(Console& console, const std::stop_token& stop)
{
    console.say(QStringLiteral("This puts the schema \"platform\" and the lab marker into that "
                               "database; stress runs may then create and remove customers there.\n"
                               "Type yes to go on:"));
    std::string answer;
    return isLineWaiting(stop) && std::getline(std::cin, answer) && answer == "yes";
}

} // namespace

ExitCode runLabStart(const LabOptions& options, Place& place, Console& console)
{
    if (const auto exitCode = prepared(place, options.json, console))
        return *exitCode;
    if (const Outcome kept = place.labUse().keep(); !kept)
        return answerError(console, kept.error(), context(options.json));
    printValue(console, options.json, QStringLiteral("uri"), place.connection().uri);
    return ExitCode::Done;
}

ExitCode runLab(const LabOptions& options, const Whereabouts& where, Console& console)
{
    LabUse use(where.labDirectory);
    switch (options.action) {
    case LabAction::Start: // has a function of its own
        break;
    case LabAction::Stop:
        return stop(options, use, console);
    case LabAction::Status:
        return status(options, use, console);
    case LabAction::Reset:
        return reset(options, use, console);
    case LabAction::Uri:
        return uri(options, use, console);
    case LabAction::Path:
        printValue(console, options.json, QStringLiteral("path"), where.labDirectory);
        return ExitCode::Done;
    }
    Q_UNREACHABLE();
}

ExitCode runSeed(const SeedOptions& options, Place& place, Console& console)
{
    auto reader = place.openReader();
    if (!reader)
        return answerError(console, reader.error(), context(options.json));
    const auto facts = (*reader)->server();
    if (!facts)
        return answerError(console, facts.error(), context(options.json));
    if (!facts->isLab)
        return answerError(console, Failure{.kind = Failure::Kind::NoLabMarker},
                           context(options.json));

    QElapsedTimer sinceShown;
    const auto progress = [&](qint64 done, qint64 planned) {
        constexpr qint64 paceMillis = 200;
        if (sinceShown.isValid() && sinceShown.elapsed() < paceMillis)
            return;
        sinceShown.start();
        console.progress(
            QStringLiteral("%1 of %2 rows").arg(format::count(done), format::count(planned)));
    };
    const auto summary = place.seed(options.plan, progress, place.stopToken());
    console.endProgress();
    if (!summary)
        return answerError(console, summary.error(),
                           {.doing = words::Doing::Writing, .json = options.json, .facts = {}});
    if (options.json) {
        QJsonArray crimes;
        for (const UserId& id : summary->crimes)
            crimes.append(id.text());
        console.print(document({{QStringLiteral("users"), summary->users},
                                {QStringLiteral("transactions"), summary->transactions},
                                {QStringLiteral("seed"), qint64(options.plan.seed)},
                                {QStringLiteral("crimes"), crimes}}));
    } else {
        console.print(QStringLiteral("%1 customers, %2 transactions, seed %3, %4 planted crimes")
                          .arg(format::count(summary->users), format::count(summary->transactions))
                          .arg(options.plan.seed)
                          .arg(summary->crimes.size()));
    }
    return ExitCode::Done;
}

ExitCode runMark(const MarkOptions& options, Place& place, Console& console)
{
    if (place.isLab()) {
        console.say(QStringLiteral("lab mark needs --connection: the database to mark. The lab "
                                   "itself carries its marker from the start."));
        return ExitCode::WrongUsage;
    }
    if (!options.isConfirmed && isatty(STDIN_FILENO) == 0) {
        console.say(QStringLiteral("lab mark asks before it writes; without a terminal, say "
                                   "--yes."));
        return ExitCode::WrongUsage;
    }
    if (const auto exitCode = prepared(place, options.json, console))
        return *exitCode;
    if (!options.isConfirmed && !isConfirmedByHand(console, place.stopToken())) {
        console.say(QStringLiteral("Nothing was written."));
        return ExitCode::Refused;
    }
    const Outcome laid = postgres::layLabSchema(place.connection());
    if (!laid)
        return answerError(console, laid.error(),
                           {.doing = words::Doing::Writing, .json = options.json, .facts = {}});
    if (options.json)
        console.print(document({{QStringLiteral("marked"), true}}));
    else
        console.print(QStringLiteral("The database carries the lab marker and schema."));
    return ExitCode::Done;
}

} // namespace tallystick
