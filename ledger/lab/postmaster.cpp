// SPDX-License-Identifier: GPL-3.0-or-later
//! Reads postmaster.pid and asks the system whether it is true.
#include "ledger/lab/postmaster.h"

#include "ledger/lab/program.h"
#include "ledger/lab/socketplace.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <csignal>

namespace tallystick {

namespace {

QString pidFileIn(const QString& dataDirectory)
{
    return dataDirectory + QStringLiteral("/postmaster.pid");
}

/// The words a process was started with; empty for one that is gone or a zombie.
QList<QByteArray> commandLineOf(qint64 pid)
{
    QFile commandLine(QStringLiteral("/proc/%1/cmdline").arg(pid));
    if (commandLine.open(QIODevice::ReadOnly))
        return commandLine.readAll().split('\0');
    if (QFileInfo::exists(QStringLiteral("/proc/self/cmdline")))
        return {};
    // Systems without /proc: enough, since our data directory's path holds no space there or
    // the comparison below fails on the safe side.
    const ProgramResult asked =
        runProgram({}, {.program = QStringLiteral("/bin/ps"),
                        .arguments = {QStringLiteral("-o"), QStringLiteral("args="),
                                      QStringLiteral("-p"), QString::number(pid)},
                        .input = {}});
    return asked.succeeded ? asked.words.toLocal8Bit().split(' ') : QList<QByteArray>();
}

/// A server process whose working directory is the data directory: its postmaster or one of the
/// postmaster's children. Root in a container may be refused the look; then this says no.
bool worksIn(const QString& canonicalDirectory, qint64 pid)
{
    const QString process = QStringLiteral("/proc/%1").arg(pid);
    return QFile::symLinkTarget(process + QStringLiteral("/cwd")) == canonicalDirectory &&
           QFileInfo(QFile::symLinkTarget(process + QStringLiteral("/exe"))).fileName() ==
               QLatin1String("postgres");
}

/// The postmaster keeps the command line pg_ctl gave it, with the directory after -D; one that was
/// started by hand in another way is known by where it works.
bool isPostmasterOf(const QString& dataDirectory, qint64 pid)
{
    const QString wanted = QFileInfo(dataDirectory).canonicalFilePath();
    const QList<QByteArray> words = commandLineOf(pid);
    if (words.isEmpty() || !words.first().endsWith("postgres"))
        return false;
    const qsizetype option = words.indexOf("-D");
    const QString named = QFile::decodeName(words.value(option + 1));
    return (option > 0 && QFileInfo(named).canonicalFilePath() == wanted) || worksIn(wanted, pid);
}

} // namespace

std::optional<Postmaster> runningPostmaster(const QString& dataDirectory)
{
    QFile file(pidFileIn(dataDirectory));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    // Lines: pid, data directory, start time, port, socket directory, address, memory key, status.
    const QList<QByteArray> lines = file.readAll().split('\n');
    const qint64 pid = lines.first().trimmed().toLongLong();
    if (pid <= 1 || !isPostmasterOf(dataDirectory, pid))
        return std::nullopt;
    return Postmaster{.pid = pid,
                      .socketDirectory = QFile::decodeName(lines.value(4)),
                      .isReady = lines.value(7).trimmed() == "ready"};
}

QList<qint64> leftoverProcesses(const QString& dataDirectory)
{
    QList<qint64> found;
    const QString wanted = QFileInfo(dataDirectory).canonicalFilePath();
    const QStringList entries = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString& entry : entries) {
        bool isPid = false;
        const qint64 pid = entry.toLongLong(&isPid);
        if (isPid && worksIn(wanted, pid))
            found.append(pid);
    }
    return found;
}

bool tellToEnd(qint64 pid, Ending ending)
{
    const int signal = ending == Ending::Fast        ? SIGINT
                       : ending == Ending::Immediate ? SIGQUIT
                                                     : SIGKILL;
    return ::kill(static_cast<pid_t>(pid), signal) == 0;
}

void removeStaleFiles(const QString& dataDirectory, const QString& socketDirectory)
{
    // The server itself would take a pid that belongs to any other process of its account for its
    // own predecessor and refuse to start.
    QFile::remove(pidFileIn(dataDirectory));
    QFile::remove(socketFileIn(socketDirectory));
    QFile::remove(socketFileIn(socketDirectory) + QStringLiteral(".lock"));
}

} // namespace tallystick
