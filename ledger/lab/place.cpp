// SPDX-License-Identifier: GPL-3.0-or-later
//! Directories, their modes and their lock file.
#include "ledger/lab/place.h"

#include "ledger/lab/lab.h"
#include "ledger/lab/trouble.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>
#include <QtCore/QStorageInfo>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace tallystick {

namespace {

constexpr unsigned ownerOnly = S_IRWXU;
/// Above the lab, where root makes the way for another account.
constexpr unsigned passableByAll = S_IRWXU | S_IRGRP | S_IXGRP | S_IROTH | S_IXOTH;
/// Longer than the slowest start another process may be in the middle of.
constexpr int lockWaitMillis = 150'000;
constexpr int lockPollMillis = 200;

Failure trouble(const QString& words)
{
    return troubleSaid(words, QStringLiteral("directory"), Failure::Kind::FileTrouble);
}

QString systemWords(const QString& path)
{
    return QStringLiteral("%1: %2").arg(path, QString::fromLocal8Bit(std::strerror(errno)));
}

/// Makes \a path and what is missing above it. As mkdir(2) obeys the umask, modes are set after.
std::optional<QString> makePath(const QString& path, unsigned mode)
{
    const QFileInfo info(path);
    if (info.isDir())
        return std::nullopt;
    if (info.exists())
        return QStringLiteral("%1 is not a directory").arg(path);
    const unsigned above = geteuid() == 0 ? passableByAll : ownerOnly;
    if (info.path() != path)
        if (const auto words = makePath(info.path(), above))
            return words;
    const QByteArray name = QFile::encodeName(path);
    if ((mkdir(name.constData(), mode) != 0 && errno != EEXIST) ||
        chmod(name.constData(), mode) != 0)
        return systemWords(path);
    return std::nullopt;
}

/// pg_ctl starts the server through a shell and quotes paths with double quotes only.
bool holdsShellCharacters(const QString& path)
{
    return std::any_of(path.begin(), path.end(), [](QChar c) {
        return QStringLiteral("\"$`\\").contains(c) || c.category() == QChar::Other_Control;
    });
}

/// A directory given by hand could be somebody's home: it is only taken over when it is empty or
/// looks like a lab.
bool holdsOtherThings(const QString& directory)
{
    const QStringList entries = QDir(directory).entryList(QDir::AllEntries | QDir::Hidden |
                                                          QDir::System | QDir::NoDotAndDotDot);
    const auto isOurs = [](const QString& name) {
        return name == QLatin1String("lab.lock") || name == QLatin1String("data") ||
               name.startsWith(QLatin1String("data.making-")) ||
               name.startsWith(QLatin1String("aside-"));
    };
    return !entries.isEmpty() && std::none_of(entries.begin(), entries.end(), isOurs);
}

} // namespace

QString defaultLabDirectory()
{
    const QString base = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    QString preferred = base + QStringLiteral("/tallystick/lab");
    if (geteuid() != 0)
        return preferred;
    const Result<Account> account = serverAccount(dataDirectoryIn(preferred));
    if (!account || mayPass(*account, base))
        return preferred;
    return QStringLiteral("/var/lib/tallystick/lab");
}

QString dataDirectoryIn(const QString& labDirectory)
{
    return labDirectory + QStringLiteral("/data");
}

QString logFileIn(const QString& labDirectory)
{
    return labDirectory + QStringLiteral("/server.log");
}

Outcome preparePlace(const QString& labDirectory, const Account& account)
{
    if (!QDir::isAbsolutePath(labDirectory))
        return trouble(QStringLiteral("%1 is not an absolute path").arg(labDirectory));
    if (holdsShellCharacters(labDirectory))
        return trouble(QStringLiteral("%1 holds a \" $ ` or \\, which pg_ctl would hand to a shell")
                           .arg(labDirectory));
    const bool isNew = !QFileInfo::exists(labDirectory);
    if (const auto words = makePath(labDirectory, ownerOnly))
        return trouble(*words);
    if (!isNew && holdsOtherThings(labDirectory))
        return trouble(QStringLiteral("%1 is not empty and holds no lab").arg(labDirectory));
    struct stat found
    {
    };
    if (stat(QFile::encodeName(labDirectory).constData(), &found) != 0)
        return trouble(systemWords(labDirectory));
    if (isNew || (geteuid() == 0 && found.st_uid == 0))
        if (const auto words = handOver(account, labDirectory, ownerOnly))
            return trouble(*words);
    if (!mayPass(account, labDirectory))
        return trouble(QStringLiteral("the account \"%1\" cannot reach %2")
                           .arg(QString::fromLocal8Bit(account.name), labDirectory));
    return Done{};
}

Result<std::unique_ptr<QLockFile>> lockPlace(const QString& labDirectory,
                                             const std::stop_token& stop)
{
    const QString name = labDirectory + QStringLiteral("/lab.lock");
    auto lock = std::make_unique<QLockFile>(name);
    lock->setStaleLockTime(0); // by the death of its process only, never by age
    const QDeadlineTimer deadline(lockWaitMillis);
    do {
        if (stop.stop_requested())
            return Failure{.kind = Failure::Kind::Cancelled, .statement = QStringLiteral("lock")};
        if (lock->tryLock(lockPollMillis))
            return lock;
    } while (lock->error() == QLockFile::LockFailedError && !deadline.hasExpired());
    if (lock->error() == QLockFile::LockFailedError)
        return Failure{.kind = Failure::Kind::Unreachable,
                       .statement = QStringLiteral("lock"),
                       .text = QStringLiteral("%1 is held by another process").arg(name)};
    const bool isFull = QStorageInfo(labDirectory).bytesAvailable() == 0;
    return Failure{.kind = isFull ? Failure::Kind::ServerFull : Failure::Kind::FileTrouble,
                   .statement = QStringLiteral("lock"),
                   .text = isFull ? QStringLiteral("%1: No space left on device").arg(name)
                                  : QStringLiteral("%1 cannot be written").arg(name)};
}

} // namespace tallystick
