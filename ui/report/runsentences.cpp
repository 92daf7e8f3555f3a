// SPDX-License-Identifier: GPL-3.0-or-later
//! Sentences about single operations and waits, and how to run the same again.
#include "ui/report/runwords.h"
#include "ui/shared/format.h"
#include "ui/shared/words.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>

#include <algorithm>

namespace tallystick {

namespace {

struct RunSentences
{
    Q_DECLARE_TR_FUNCTIONS(RunSentences)
};

/// For a POSIX shell.
QString quoted(const QString& argument)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./:-]+$"));
    if (plain.match(argument).hasMatch())
        return argument;
    QString inside = argument;
    inside.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + inside + QLatin1Char('\'');
}

constexpr qsizetype mostBlockersNamed = 4;

QString secondsText(double seconds)
{
    return QString::number(seconds, 'g', 6);
}

/// The session that prepares a run is the one that holds the locks a scenario asks for.
QString blockerName(const QString& sessionName)
{
    return sessionName == QLatin1String("tallystick") ? RunSentences::tr("the scenario's own lock")
                                                      : workerName(sessionName);
}

} // namespace

QString entrySentence(const TimelineEntry& entry, int overlaps)
{
    QStringList parts;
    QString act = words::word(entry.operation).toLower();
    if (!entry.amount.isZero())
        act += QLatin1Char(' ') + format::money(entry.amount);
    parts.append(RunSentences::tr("worker %1: %2").arg(entry.worker).arg(act));
    parts.append(RunSentences::tr("sent at %1").arg(format::duration(entry.sentMicros)));
    if (!entry.finished) {
        parts.append(RunSentences::tr("not answered yet"));
    } else {
        if (entry.anatomy.lockWaitMicros >= 0)
            parts.append(RunSentences::tr("lock wait %1")
                             .arg(format::duration(entry.anatomy.lockWaitMicros)));
        if (entry.anatomy.workMicros >= 0)
            parts.append(
                RunSentences::tr("work %1").arg(format::duration(entry.anatomy.workMicros)));
        parts.append(
            RunSentences::tr("took %1").arg(format::duration(entry.endMicros - entry.sentMicros)));
        QString outcome = outcomeWord(entry.outcome);
        if (!entry.detail.isEmpty())
            outcome += QStringLiteral(": ") + detailWords(entry.detail);
        parts.append(outcome);
        if (entry.balance)
            parts.append(RunSentences::tr("balance %1").arg(format::money(*entry.balance)));
    }
    parts.append(RunSentences::tr("overlapped by %1").arg(overlaps));
    return parts.join(QStringLiteral(" · "));
}

QString workerName(const QString& sessionName)
{
    static const QRegularExpression worker(QStringLiteral("/w(\\d+)$"));
    const QRegularExpressionMatch match = worker.match(sessionName);
    return match.hasMatch() ? RunSentences::tr("worker %1").arg(match.captured(1)) : sessionName;
}

QString blockersOf(const LockWait& wait)
{
    // A report that was read back knows the names only.
    const qsizetype count = std::max(wait.blockerPids.size(), wait.blockerNames.size());
    QStringList blockers;
    for (qsizetype i = 0; i < std::min(count, mostBlockersNamed); ++i) {
        const QString name = blockerName(wait.blockerNames.value(i));
        const int pid = wait.blockerPids.value(i);
        blockers.append(!name.isEmpty() ? name
                        : pid != 0      ? RunSentences::tr("process %1").arg(pid)
                                        : RunSentences::tr("another process"));
    }
    if (blockers.isEmpty())
        return RunSentences::tr("nobody seen");
    const QString named = blockers.join(QStringLiteral(", "));
    return count > mostBlockersNamed
               ? RunSentences::tr("%1 and %2 more").arg(named).arg(count - mostBlockersNamed)
               : named;
}

QString agreementSentence(const Agreement& agreement)
{
    const QString users = format::count(agreement.users);
    if (agreement.disagreements > 0)
        return RunSentences::tr("The chains were judged twice, row by row here and by the server's "
                                "own sums, and the judgements differ for %1 of %2 customers.")
            .arg(format::count(agreement.disagreements), users);
    const QString both = RunSentences::tr("The chains were judged twice, row by row here and by "
                                          "the server's own sums; both agree about %1 customers.");
    const qint64 decided = agreement.users - agreement.undecided;
    return agreement.undecided == 0 ? both.arg(users)
                                    : both.arg(format::count(decided)) + QLatin1Char(' ') +
                                          RunSentences::tr("Of %1 the sums alone cannot tell.")
                                              .arg(format::count(agreement.undecided));
}

QString waitSentence(const LockWait& wait)
{
    return RunSentences::tr("%1 waited %2 for %3 (%4)")
        .arg(workerName(wait.waiterName), format::duration(wait.waitedMicros), blockersOf(wait),
             wait.waitEvent);
}

QString loadSentence(const Scenario& scenario)
{
    QStringList parts{scenario.clients == 1 ? RunSentences::tr("1 client")
                                            : RunSentences::tr("%1 clients").arg(scenario.clients)};
    if (scenario.open)
        parts.append(RunSentences::tr("%1 a second").arg(scenario.open->ratePerSecond));
    if (scenario.seconds)
        parts.append(RunSentences::tr("%1 s").arg(secondsText(*scenario.seconds)));
    if (scenario.operations)
        parts.append(
            *scenario.operations == 1
                ? RunSentences::tr("1 operation")
                : RunSentences::tr("%1 operations").arg(format::count(*scenario.operations)));
    parts.append(words::word(scenario.target.way));
    if (scenario.target.fault)
        parts.append(faultWords(*scenario.target.fault));
    parts.append(RunSentences::tr("seed %1").arg(scenario.seed));
    return parts.join(QStringLiteral(" · "));
}

QString replayCommand(const Report& report)
{
    const Scenario& scenario = report.scenario;
    // A broken posting is no way a person may choose: only the controls run it.
    if (scenario.target.fault)
        return QStringLiteral("tallystick stress controls");
    QString command = QStringLiteral("tallystick stress run ") + quoted(scenario.name);
    if (scenario.target.way != Way::Statements) // those are in the scenario, and no way to choose
        command += QStringLiteral(" --way ") + nameOf(scenario.target.way);
    command += QStringLiteral(" --clients %1").arg(scenario.clients);
    if (scenario.open)
        command += QStringLiteral(" --rate %1").arg(scenario.open->ratePerSecond, 0, 'g', 10);
    if (scenario.seconds)
        command += QStringLiteral(" --seconds ") + secondsText(*scenario.seconds);
    else if (scenario.operations)
        command += QStringLiteral(" --operations %1").arg(*scenario.operations);
    return command + QStringLiteral(" --seed %1").arg(scenario.seed);
}

} // namespace tallystick
