// SPDX-License-Identifier: GPL-3.0-or-later
//! pg_ctl, and patience with what a crash left behind.
#include "ledger/lab/starting.h"

#include "ledger/lab/program.h"
#include "ledger/lab/trouble.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QThread>

#include <functional>

namespace tallystick {

namespace {

constexpr unsigned long pollMillis = 20;
constexpr int readyWaitMillis = 60'000;
constexpr int fastWaitMillis = 15'000;
constexpr int immediateWaitMillis = 5'000;
constexpr int leftoverWaitMillis = 3'000;
constexpr int leftoverEndMillis = 10'000;
constexpr qint64 largestLog = 8 * 1024 * 1024;
constexpr qsizetype tailOfLog = 2000;

bool becomesTrue(int waitMillis, const std::function<bool()>& condition)
{
    const QDeadlineTimer deadline(waitMillis);
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QThread::msleep(pollMillis);
    }
    return true;
}

/// Keeps one older log beside the current one.
void limitLog(const QString& logFile)
{
    if (QFileInfo(logFile).size() < largestLog)
        return;
    const QString older = logFile + QStringLiteral(".1");
    QFile::remove(older);
    QFile::rename(logFile, older);
}

QString logSince(const QString& logFile, qint64 position)
{
    QFile log(logFile);
    if (!log.open(QIODevice::ReadOnly) || !log.seek(position))
        return {};
    return QString::fromUtf8(log.readAll().right(tailOfLog)).trimmed();
}

/// One try; the words are what the server and pg_ctl said.
ProgramResult tryStart(const ServerPlace& place, const Binaries& binaries, const Account& account)
{
    const qint64 logStart = QFileInfo(place.logFile).size();
    ProgramResult result = runProgram(
        account, {.program = binaries.program(QStringLiteral("pg_ctl")),
                  .arguments = {QStringLiteral("start"), QStringLiteral("-s"), QStringLiteral("-w"),
                                QStringLiteral("-t"), QString::number(readyWaitMillis / 1000),
                                QStringLiteral("-D"), place.dataDirectory, QStringLiteral("-l"),
                                place.logFile},
                  .input = {},
                  .timeoutMillis = 2 * readyWaitMillis});
    if (!result.succeeded)
        result.words =
            (logSince(place.logFile, logStart) + QLatin1Char('\n') + result.words).trimmed();
    return result;
}

bool saysMemoryIsInUse(const QString& words)
{
    return words.contains(QLatin1String("pre-existing shared memory block"));
}

/// Backends notice the death of their postmaster when they next wait; one that computes does not.
void endLeftovers(const QString& dataDirectory)
{
    if (becomesTrue(leftoverWaitMillis, [&] { return leftoverProcesses(dataDirectory).isEmpty(); }))
        return;
    const QList<qint64> leftovers = leftoverProcesses(dataDirectory);
    for (const qint64 pid : leftovers)
        tellToEnd(pid, Ending::Kill); // without a postmaster there is nobody to tidy up for
    becomesTrue(leftoverEndMillis, [&] { return leftoverProcesses(dataDirectory).isEmpty(); });
}

} // namespace

Outcome startServer(const ServerPlace& place, const Binaries& binaries, const Account& account)
{
    limitLog(place.logFile);
    endLeftovers(place.dataDirectory);
    removeStaleFiles(place.dataDirectory, place.socketDirectory);
    ProgramResult result;
    becomesTrue(leftoverEndMillis, [&] {
        result = tryStart(place, binaries, account);
        return result.succeeded || !saysMemoryIsInUse(result.words);
    });
    if (result.succeeded)
        return Done{};
    const bool isDamaged =
        !saysMemoryIsInUse(result.words) && (result.words.contains(QLatin1String("FATAL")) ||
                                             result.words.contains(QLatin1String("PANIC")));
    return troubleSaid(result.words, QStringLiteral("start"),
                       isDamaged ? Failure::Kind::LabDamaged : Failure::Kind::Unreachable);
}

Outcome awaitReady(const QString& dataDirectory)
{
    std::optional<Postmaster> server;
    becomesTrue(readyWaitMillis, [&] {
        server = runningPostmaster(dataDirectory);
        return !server || server->isReady;
    });
    if (server && server->isReady)
        return Done{};
    return Failure{.kind = Failure::Kind::Unreachable,
                   .statement = QStringLiteral("adopt"),
                   .text = QStringLiteral("the running server does not accept connections")};
}

Outcome stopServer(const QString& dataDirectory)
{
    const auto server = runningPostmaster(dataDirectory);
    if (!server)
        return Done{};
    const auto isGone = [&] {
        const auto now = runningPostmaster(dataDirectory);
        return !now || now->pid != server->pid;
    };
    if (!tellToEnd(server->pid, Ending::Fast) && !isGone())
        return Failure{.kind = Failure::Kind::NotAllowed,
                       .statement = QStringLiteral("stop"),
                       .text = QStringLiteral("the server's process %1 belongs to another account")
                                   .arg(server->pid)};
    if (becomesTrue(fastWaitMillis, isGone))
        return Done{};
    tellToEnd(server->pid, Ending::Immediate);
    if (becomesTrue(immediateWaitMillis, isGone))
        return Done{};
    return Failure{.kind = Failure::Kind::TimedOut,
                   .statement = QStringLiteral("stop"),
                   .text = QStringLiteral("the server's process %1 does not end").arg(server->pid)};
}

} // namespace tallystick
