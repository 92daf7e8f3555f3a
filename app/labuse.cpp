// SPDX-License-Identifier: GPL-3.0-or-later
//! Counts the lab's users by shared locks on one file.
#include "app/labuse.h"

#include <QtCore/QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tallystick {

namespace {

/// Somebody else may stop the server between our start and our share; more often than this in a
/// row is not chance.
constexpr int entryTries = 5;

} // namespace

LabUse::LabUse(const QString& directory)
    : m_lab(LabSettings{.directory = directory})
{
}

LabUse::~LabUse()
{
    leave();
}

Result<Connection> LabUse::enter(const Lab::Progress& progress, const std::stop_token& stop)
{
    Result<Connection> started = m_lab.start(progress, stop);
    for (int tries = 1; started && tries < entryTries; ++tries) {
        if (m_file < 0) {
            // Not inherited: the server must not count as a user of itself.
            m_file = open(lockPath().constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
            if (m_file < 0)
                return started; // without a share somebody else may stop the server; nothing worse
            flock(m_file, LOCK_SH);
        }
        if (m_lab.status().state == LabStatus::State::Running)
            return started;
        started = m_lab.start(progress, stop);
    }
    return started;
}

void LabUse::leave()
{
    if (m_file < 0)
        return;
    const bool isLast = flock(m_file, LOCK_EX | LOCK_NB) == 0;
    // Held until the server is down: who enters meanwhile waits and then starts it again.
    if (isLast && !isKept())
        static_cast<void>(m_lab.stop());
    close(m_file);
    m_file = -1;
}

bool LabUse::isUsedByOthers() const
{
    Q_ASSERT(m_file < 0);
    const int file = open(lockPath().constData(), O_RDWR | O_CLOEXEC);
    if (file < 0)
        return false; // nobody ever came in, or the place cannot be looked at
    const bool isFree = flock(file, LOCK_EX | LOCK_NB) == 0;
    close(file);
    return !isFree;
}

QList<qint64> LabUse::users() const
{
    struct stat file
    {
    };
    QFile locks(QStringLiteral("/proc/locks"));
    if (stat(lockPath().constData(), &file) != 0 || !locks.open(QIODevice::ReadOnly))
        return {};
    QList<qint64> found;
    // "2: FLOCK  ADVISORY  READ 14934 fe:00:11036246 0 EOF" (manual, proc(5)). Its device number
    // is not always the one stat(2) tells, its inode is.
    const QByteArray inode = ':' + QByteArray::number(quint64(file.st_ino));
    for (const QByteArray& line : locks.readAll().split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        const qint64 pid = words.value(4).toLongLong(); // 0 in another container
        if (words.value(1) == "FLOCK" && words.value(5).endsWith(inode) && pid > 0)
            found << pid;
    }
    return found;
}

Outcome LabUse::keep()
{
    QFile mark(keptPath());
    if (mark.open(QIODevice::WriteOnly))
        return Done{};
    return Failure{.kind = Failure::Kind::FileTrouble,
                   .statement = QStringLiteral("keep"),
                   .text = QStringLiteral("%1: %2").arg(mark.fileName(), mark.errorString())};
}

Outcome LabUse::stop()
{
    QFile::remove(keptPath());
    return m_lab.stop();
}

bool LabUse::isKept() const
{
    return QFile::exists(keptPath());
}

QByteArray LabUse::lockPath() const
{
    return QFile::encodeName(m_lab.settings().directory + QStringLiteral("/users.lock"));
}

QString LabUse::keptPath() const
{
    return m_lab.settings().directory + QStringLiteral("/keep");
}

} // namespace tallystick
