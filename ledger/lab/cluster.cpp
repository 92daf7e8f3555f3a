// SPDX-License-Identifier: GPL-3.0-or-later
//! initdb, the lab's database, the lab's settings.
#include "ledger/lab/cluster.h"

#include "ledger/lab/program.h"
#include "ledger/lab/socketplace.h"
#include "ledger/lab/trouble.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>

#include <array>

namespace tallystick {

namespace {

const QString settingsFile = QStringLiteral("tallystick.conf");

/// Without these no server starts, or no session can be opened, whatever the version.
constexpr std::array filesOfACluster{"global/pg_control", "global/pg_filenode.map",
                                     "base/1/PG_VERSION", "base/1/pg_filenode.map",
                                     "postgresql.conf",   "pg_hba.conf"};
constexpr std::array directoriesOfACluster{"pg_wal", "pg_xact"};

Failure fileTrouble(const QFileDevice& file, const QString& step)
{
    return troubleSaid(QStringLiteral("%1: %2").arg(file.fileName(), file.errorString()), step,
                       Failure::Kind::FileTrouble);
}

/// Half-made clusters of programs that were killed; the caller holds the lab's lock.
void removeHalfMade(const QString& dataDirectory)
{
    const QFileInfo data(dataDirectory);
    QDir parent(data.path());
    const QStringList names = parent.entryList({data.fileName() + QStringLiteral(".making-*")},
                                               QDir::Dirs | QDir::Hidden);
    for (const QString& name : names)
        QDir(parent.filePath(name)).removeRecursively();
}

Outcome runStep(const Account& account, const ProgramRun& run, const QString& step)
{
    const ProgramResult result = runProgram(account, run);
    if (!result.succeeded)
        return troubleSaid(result.words, step, Failure::Kind::Unexpected);
    return Done{};
}

Outcome initialise(const QString& directory, const Binaries& binaries, const Account& account,
                   const LabSettings& settings)
{
    QStringList arguments{QStringLiteral("-D"),
                          directory,
                          QStringLiteral("-U"),
                          labRole,
                          QStringLiteral("-A"),
                          QStringLiteral("trust"),
                          QStringLiteral("-E"),
                          QStringLiteral("UTF8"),
#ifdef Q_OS_LINUX
                          QStringLiteral("--locale=C.UTF-8"),
#else
                          QStringLiteral("--locale=C"),
#endif
                          QStringLiteral("--no-instructions")};
    if (!settings.durable)
        arguments.append(QStringLiteral("--no-sync"));
    return runStep(account,
                   {.program = binaries.program(QStringLiteral("initdb")),
                    .arguments = arguments,
                    .input = {},
                    .timeoutMillis = 120'000,
                    .endsWithUs = true},
                   QStringLiteral("initdb"));
}

/// By the stand-alone server (PostgreSQL manual, "postgres", single-user mode), so that the
/// database is there before the cluster has its name and no client program is needed.
Outcome makeDatabase(const QString& directory, const Binaries& binaries, const Account& account)
{
    return runStep(
        account,
        {.program = binaries.program(QStringLiteral("postgres")),
         .arguments = {QStringLiteral("--single"), QStringLiteral("-F"), QStringLiteral("-j"),
                       QStringLiteral("-D"), directory, QStringLiteral("-c"),
                       QStringLiteral("exit_on_error=on"), QStringLiteral("template1")},
         .input = "CREATE DATABASE " + labDatabase.toLatin1() + ";\n\n",
         .timeoutMillis = 60'000,
         .endsWithUs = true},
        QStringLiteral("create database"));
}

Outcome includeSettings(const QString& directory)
{
    QFile main(directory + QStringLiteral("/postgresql.conf"));
    const QByteArray line = "\ninclude_if_exists = '" + settingsFile.toLatin1() + "'\n";
    if (!main.open(QIODevice::Append) || main.write(line) != line.size() || !main.flush())
        return fileTrouble(main, QStringLiteral("initdb"));
    return Done{};
}

Outcome makeIn(const QString& directory, const Binaries& binaries, const Account& account,
               const LabSettings& settings)
{
    if (Outcome made = initialise(directory, binaries, account, settings); !made)
        return made;
    if (Outcome made = makeDatabase(directory, binaries, account); !made)
        return made;
    return includeSettings(directory);
}

} // namespace

std::optional<QString> damageOf(const QString& dataDirectory)
{
    if (!QFileInfo(dataDirectory).isDir())
        return QStringLiteral("%1 is not a directory").arg(dataDirectory);
    if (clusterMajor(dataDirectory) == 0)
        return QStringLiteral("%1/PG_VERSION is missing or unreadable").arg(dataDirectory);
    for (const char* const name : filesOfACluster) {
        const QString path = dataDirectory + QLatin1Char('/') + QLatin1String(name);
        if (QFileInfo(path).size() == 0)
            return QStringLiteral("%1 is missing or empty").arg(path);
    }
    for (const char* const name : directoriesOfACluster) {
        const QString path = dataDirectory + QLatin1Char('/') + QLatin1String(name);
        // A directory may be elsewhere, behind a link; its files cannot be gone altogether.
        if (QDir(path).isEmpty(QDir::Files))
            return QStringLiteral("%1 is missing or empty").arg(path);
    }
    return std::nullopt;
}

int clusterMajor(const QString& dataDirectory)
{
    QFile version(dataDirectory + QStringLiteral("/PG_VERSION"));
    return version.open(QIODevice::ReadOnly) ? version.read(32).trimmed().toInt() : 0;
}

Outcome makeCluster(const QString& dataDirectory, const Binaries& binaries, const Account& account,
                    const LabSettings& settings)
{
    removeHalfMade(dataDirectory);
    const QString making =
        dataDirectory + QStringLiteral(".making-%1").arg(QCoreApplication::applicationPid());
    if (Outcome made = makeIn(making, binaries, account, settings); !made) {
        QDir(making).removeRecursively();
        return made;
    }
    if (!QDir().rename(making, dataDirectory))
        return Failure{.kind = Failure::Kind::FileTrouble,
                       .statement = QStringLiteral("initdb"),
                       .text = QStringLiteral("%1 cannot be renamed").arg(making)};
    return Done{};
}

Outcome writeSettings(const QString& dataDirectory, const QString& socketDirectory,
                      const LabSettings& settings)
{
    const QByteArray durable = settings.durable ? "on" : "off";
    const QByteArray text = "# Written by Tallystick at every start.\n"
                            "listen_addresses = ''\n"
                            "port = " +
                            QByteArray::number(socketPort) +
                            "\n"
                            "unix_socket_directories = '" +
                            socketDirectory.toLatin1() +
                            "'\n"
                            "unix_socket_permissions = 0700\n"
                            "timezone = 'UTC'\n"
                            "log_timezone = 'UTC'\n"
                            "lc_messages = 'C'\n"
                            "track_commit_timestamp = on\n"
#ifdef Q_OS_LINUX
                            "client_connection_check_interval = '100ms'\n"
#endif
                            "fsync = " +
                            durable +
                            "\n"
                            "full_page_writes = " +
                            durable +
                            "\n"
                            "synchronous_commit = on\n"
                            "max_connections = " +
                            QByteArray::number(settings.maxConnections) +
                            "\n"
                            "shared_buffers = '128MB'\n"
                            "jit = off\n"
                            // Statements hold customers' data; the log does not.
                            "log_min_error_statement = panic\n"
                            "log_checkpoints = off\n";
    QSaveFile file(dataDirectory + QLatin1Char('/') + settingsFile);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() ||
        !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup |
                             QFile::ReadOther) ||
        !file.commit())
        return fileTrouble(file, QStringLiteral("settings"));
    return Done{};
}

} // namespace tallystick
