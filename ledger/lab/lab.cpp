// SPDX-License-Identifier: GPL-3.0-or-later
//! The lab's life: made, adopted, started, stopped, moved aside.
#include "ledger/lab/lab.h"

#include "ledger/lab/cluster.h"
#include "ledger/lab/place.h"
#include "ledger/lab/socketplace.h"
#include "ledger/lab/starting.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QUrl>

namespace tallystick {

namespace {

void tell(const Lab::Progress& progress, const QString& step)
{
    if (progress)
        progress(step);
}

/// The programs for this cluster: those that made it, or for a new one the newest.
Result<Binaries> binariesFor(const QString& dataDirectory)
{
    const QList<Binaries> found = findBinaries();
    if (found.isEmpty())
        return Failure{.kind = Failure::Kind::ServerMissing,
                       .statement = QStringLiteral("find"),
                       .text = QStringLiteral("no PostgreSQL of version %1 or newer was found")
                                   .arg(oldestServerMajor)};
    if (!QFileInfo::exists(dataDirectory))
        return found.first();
    const int wanted = clusterMajor(dataDirectory);
    for (const Binaries& binaries : found)
        if (binaries.major == wanted)
            return binaries;
    return Failure{.kind = Failure::Kind::LabDamaged,
                   .statement = QStringLiteral("find"),
                   .text = QStringLiteral("%1 was made by PostgreSQL %2, which is not installed; "
                                          "the newest found is %3")
                               .arg(dataDirectory)
                               .arg(wanted)
                               .arg(found.first().major)};
}

/// Makes the cluster where there is none, else looks whether it can be started.
Outcome ensureCluster(const QString& dataDirectory, const Binaries& binaries,
                      const Account& account, const LabSettings& settings,
                      const Lab::Progress& progress)
{
    if (QFileInfo::exists(dataDirectory))
        return Done{};
    tell(progress, QStringLiteral("initdb"));
    return makeCluster(dataDirectory, binaries, account, settings);
}

Outcome launch(const LabSettings& settings, const Account& account, const Lab::Progress& progress,
               const std::stop_token& stop)
{
    const ServerPlace place{.dataDirectory = dataDirectoryIn(settings.directory),
                            .socketDirectory = socketDirectoryFor(settings.directory),
                            .logFile = logFileIn(settings.directory)};
    if (QFileInfo::exists(place.dataDirectory))
        if (const auto damage = damageOf(place.dataDirectory))
            return Failure{.kind = Failure::Kind::LabDamaged,
                           .statement = QStringLiteral("look"),
                           .text = *damage};
    const Result<Binaries> binaries = binariesFor(place.dataDirectory);
    if (!binaries)
        return binaries.error();
    if (Outcome made = ensureCluster(place.dataDirectory, *binaries, account, settings, progress);
        !made)
        return made;
    if (Outcome made = prepareSocketDirectory(place.socketDirectory, account); !made)
        return made;
    if (Outcome written = writeSettings(place.dataDirectory, place.socketDirectory, settings);
        !written)
        return written;
    if (stop.stop_requested())
        return Failure{.kind = Failure::Kind::Cancelled, .statement = QStringLiteral("start")};
    tell(progress, QStringLiteral("start"));
    return startServer(place, *binaries, account);
}

QString freeAsideName(const QString& stem)
{
    const QString name =
        stem + QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    QString candidate = name;
    for (int n = 2; QFileInfo::exists(candidate); ++n)
        candidate = QStringLiteral("%1-%2").arg(name).arg(n);
    return candidate;
}

/// A short socket directory in a place shared with others would be left behind for good.
std::optional<QString> shortSocketDirectory(const LabSettings& settings)
{
    const QString directory = socketDirectoryFor(settings.directory);
    const bool isInLab = directory.startsWith(settings.directory + QLatin1Char('/'));
    return isInLab ? std::nullopt : std::optional(directory);
}

Outcome stopAndTidy(const LabSettings& settings)
{
    if (Outcome stopped = stopServer(dataDirectoryIn(settings.directory)); !stopped)
        return stopped;
    if (const auto directory = shortSocketDirectory(settings))
        removeSocketDirectory(*directory);
    return Done{};
}

Result<QString> moveAside(const QString& from, const QString& to)
{
    if (QDir().rename(from, to))
        return to;
    return Failure{.kind = Failure::Kind::FileTrouble,
                   .statement = QStringLiteral("reset"),
                   .text = QStringLiteral("%1 cannot be renamed to %2").arg(from, to)};
}

} // namespace

Lab::Lab(LabSettings settings)
    : m_settings(std::move(settings))
{
    m_settings.directory = QDir::cleanPath(m_settings.directory);
}

Result<Connection> Lab::start(const Progress& progress, const std::stop_token& stop)
{
    const QString data = dataDirectoryIn(m_settings.directory);
    const Result<Account> account = serverAccount(data);
    if (!account)
        return account.error();
    if (Outcome prepared = preparePlace(m_settings.directory, *account); !prepared)
        return prepared.error();
    const auto lock = lockPlace(m_settings.directory, stop);
    if (!lock)
        return lock.error();
    Outcome running = Done{};
    if (runningPostmaster(data)) {
        tell(progress, QStringLiteral("adopt"));
        running = awaitReady(data);
    } else {
        running = launch(m_settings, *account, progress, stop);
    }
    if (!running)
        return running.error();
    return connection();
}

Outcome Lab::stop()
{
    const auto directory = shortSocketDirectory(m_settings);
    if (!runningPostmaster(dataDirectoryIn(m_settings.directory)) &&
        !(directory && QFileInfo::exists(*directory)))
        return Done{};
    const auto lock = lockPlace(m_settings.directory);
    if (!lock)
        return lock.error();
    return stopAndTidy(m_settings);
}

LabStatus Lab::status() const
{
    const QString data = dataDirectoryIn(m_settings.directory);
    const QFileInfo place(m_settings.directory);
    LabStatus status;
    if (place.exists() && !place.isDir()) {
        status.state = LabStatus::State::Damaged;
        status.explanation = QStringLiteral("%1 is not a directory").arg(m_settings.directory);
        return status;
    }
    if (!QFileInfo::exists(data))
        return status;
    if (const int major = clusterMajor(data); major != 0)
        status.serverVersion = QString::number(major);
    if (const auto server = runningPostmaster(data)) {
        status.state = LabStatus::State::Running;
        status.serverPid = server->pid;
    } else if (const auto damage = damageOf(data)) {
        status.state = LabStatus::State::Damaged;
        status.explanation = *damage;
    } else {
        status.state = LabStatus::State::Stopped;
    }
    return status;
}

Result<QString> Lab::reset()
{
    const QString& directory = m_settings.directory;
    const QFileInfo place(directory);
    if (!place.exists())
        return QString();
    if (!place.isDir())
        return moveAside(directory, freeAsideName(directory + QStringLiteral(".aside-")));
    const auto lock = lockPlace(directory);
    if (!lock)
        return lock.error();
    const QString data = dataDirectoryIn(directory);
    if (Outcome stopped = stopAndTidy(m_settings); !stopped)
        return stopped.error();
    if (!QFileInfo::exists(data))
        return QString();
    return moveAside(data, freeAsideName(directory + QStringLiteral("/aside-")));
}

Connection Lab::connection() const
{
    const auto server = runningPostmaster(dataDirectoryIn(m_settings.directory));
    const QString host =
        server ? server->socketDirectory : socketDirectoryFor(m_settings.directory);
    // Joined, as arg() would take the "%2F" of an encoded path for a place of its own.
    return {.uri = QStringLiteral("postgresql://") + labRole + QStringLiteral("@/") + labDatabase +
                   QStringLiteral("?host=") + QString::fromLatin1(QUrl::toPercentEncoding(host)) +
                   QStringLiteral("&port=") + QString::number(socketPort)};
}

} // namespace tallystick
