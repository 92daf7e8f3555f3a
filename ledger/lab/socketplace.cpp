// SPDX-License-Identifier: GPL-3.0-or-later
//! Finds room for a socket.
#include "ledger/lab/socketplace.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace tallystick {

namespace {

constexpr qsizetype longestSocketAddress = 107;

bool isUsableForSocket(const QString& directory)
{
    // unix_socket_directories is a list with its own quoting, inside a file with another one.
    const bool isPlain = std::all_of(directory.begin(), directory.end(), [](QChar c) {
        return (c.unicode() < 128 && c.isLetterOrNumber()) || QStringLiteral("/._-").contains(c);
    });
    return isPlain && QFile::encodeName(socketFileIn(directory)).size() <= longestSocketAddress;
}

Failure trouble(const QString& path, const QString& words)
{
    return {.kind = Failure::Kind::FileTrouble,
            .statement = QStringLiteral("socket"),
            .text = QStringLiteral("%1: %2").arg(path, words)};
}

} // namespace

QString socketFileIn(const QString& socketDirectory)
{
    return QStringLiteral("%1/.s.PGSQL.%2").arg(socketDirectory).arg(socketPort);
}

QString socketDirectoryFor(const QString& labDirectory)
{
    QString inLab = labDirectory + QStringLiteral("/socket");
    if (isUsableForSocket(inLab))
        return inLab;
    const QByteArray hash =
        QCryptographicHash::hash(labDirectory.toUtf8(), QCryptographicHash::Sha256).toHex();
    const QString name = QStringLiteral("/tallystick-") + QString::fromLatin1(hash.first(16));
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (geteuid() != 0 && QFileInfo(runtime).isDir() && isUsableForSocket(runtime + name))
        return runtime + name;
    return QStringLiteral("/tmp") + name;
}

Outcome prepareSocketDirectory(const QString& socketDirectory, const Account& account)
{
    const QByteArray name = QFile::encodeName(socketDirectory);
    if (mkdir(name.constData(), S_IRWXU) != 0 && errno != EEXIST)
        return trouble(socketDirectory, QString::fromLocal8Bit(std::strerror(errno)));
    struct stat found
    {
    };
    if (lstat(name.constData(), &found) != 0)
        return trouble(socketDirectory, QString::fromLocal8Bit(std::strerror(errno)));
    // In /tmp anybody could have made it first.
    if (!S_ISDIR(found.st_mode) || (found.st_uid != account.userId && found.st_uid != geteuid()))
        return trouble(socketDirectory, QStringLiteral("belongs to somebody else"));
    if (const auto words = handOver(account, socketDirectory, S_IRWXU))
        return trouble(socketDirectory, *words);
    return Done{};
}

void removeSocketDirectory(const QString& socketDirectory)
{
    const QString socket = socketFileIn(socketDirectory);
    unlink(QFile::encodeName(socket).constData());
    unlink(QFile::encodeName(socket + QStringLiteral(".lock")).constData());
    rmdir(QFile::encodeName(socketDirectory).constData());
}

} // namespace tallystick
