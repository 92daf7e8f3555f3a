// SPDX-License-Identifier: GPL-3.0-or-later
//! Accounts by way of POSIX.
#include "ledger/lab/account.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

#include <cerrno>
#include <cstring>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tallystick {

namespace {

bool mayPassOne(const Account& account, const struct stat& directory)
{
    if (!S_ISDIR(directory.st_mode))
        return false;
    if (account.userId == 0)
        return true;
    if (directory.st_uid == account.userId)
        return (directory.st_mode & S_IXUSR) != 0;
    if (directory.st_gid == account.groupId)
        return (directory.st_mode & S_IXGRP) != 0;
    return (directory.st_mode & S_IXOTH) != 0;
}

Account accountOf(const passwd& entry)
{
    return {.name = entry.pw_name,
            .userId = entry.pw_uid,
            .groupId = entry.pw_gid,
            .isOwn = entry.pw_uid == geteuid()};
}

} // namespace

Result<Account> serverAccount(const QString& dataDirectory)
{
    if (geteuid() != 0)
        return Account{.name = {}, .userId = geteuid(), .groupId = getegid(), .isOwn = true};
    struct stat existing
    {
    };
    if (stat(QFile::encodeName(dataDirectory).constData(), &existing) == 0 &&
        existing.st_uid != 0) {
        if (const passwd* owner = getpwuid(existing.st_uid))
            return accountOf(*owner);
        return Account{.name = QByteArray::number(existing.st_uid),
                       .userId = existing.st_uid,
                       .groupId = existing.st_gid,
                       .isOwn = false};
    }
    if (const passwd* entry = getpwnam("postgres"))
        return accountOf(*entry);
    return Failure{.kind = Failure::Kind::ServerMissing,
                   .statement = QStringLiteral("account"),
                   .text = QStringLiteral("root cannot run PostgreSQL, and there is no account "
                                          "\"postgres\" to run it as")};
}

bool mayPass(const Account& account, const QString& path)
{
    QString place = QDir::cleanPath(path);
    while (!place.isEmpty()) {
        struct stat directory
        {
        };
        if (stat(QFile::encodeName(place).constData(), &directory) == 0) {
            if (!mayPassOne(account, directory))
                return false;
        } else if (errno != ENOENT) {
            return false;
        }
        if (place == QLatin1String("/"))
            return true;
        place = QFileInfo(place).path();
    }
    return false;
}

std::optional<QString> handOver(const Account& account, const QString& path, unsigned mode)
{
    const QByteArray name = QFile::encodeName(path);
    if (lchown(name.constData(), account.userId, account.groupId) != 0 ||
        chmod(name.constData(), mode) != 0)
        return QStringLiteral("%1: %2").arg(path, QString::fromLocal8Bit(std::strerror(errno)));
    return std::nullopt;
}

bool become(const Account& account) noexcept
{
    if (account.isOwn)
        return true;
    const gid_t group = account.groupId;
    return setgroups(1, &group) == 0 && setgid(account.groupId) == 0 && setuid(account.userId) == 0;
}

} // namespace tallystick
