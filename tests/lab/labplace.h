// SPDX-License-Identifier: GPL-3.0-or-later
//! A temporary directory a test may make a lab in, for whatever the test does to it.
#pragma once
#include "ledger/lab/lab.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tallystick {

inline void write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    QCOMPARE(file.write(content), content.size());
}

[[nodiscard]] inline Failure::Kind kindOf(const Result<Connection>& result)
{
    return result.ok() ? Failure::Kind::Unexpected : result.failure()->kind;
}

[[nodiscard]] inline QByteArray wordsOf(const Result<Connection>& result)
{
    if (result.ok())
        return "it started";
    return (nameOf(result.failure()->kind) + QStringLiteral(" in ") + result.failure()->statement +
            QStringLiteral(": ") + result.failure()->text)
        .toUtf8();
}

[[nodiscard]] inline uint modeOf(const QString& path)
{
    struct stat found
    {
    };
    return ::stat(QFile::encodeName(path).constData(), &found) == 0 ? found.st_mode & 07777U : 0;
}

/// A directory for one lab; its server is stopped and all is removed at the end.
class Place final
{
public:
    explicit Place(const QString& below = QStringLiteral("lab"))
        : m_directory(QStringLiteral("/tmp/tally-XXXXXX"))
        , m_below(below)
    {
        if (geteuid() == 0)
            ::chmod(QFile::encodeName(m_directory.path()).constData(), S_IRWXU | S_IXGRP | S_IXOTH);
    }
    ~Place()
    {
        if (const Outcome stopped = lab().stop(); !stopped)
            qWarning("left running: %s", qPrintable(stopped.failure()->text));
        if (m_isMounted)
            ::umount2(QFile::encodeName(root()).constData(), MNT_DETACH);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    [[nodiscard]] QString root() const { return m_directory.path(); }
    [[nodiscard]] QString directory() const { return root() + QLatin1Char('/') + m_below; }
    [[nodiscard]] QString data() const { return directory() + QStringLiteral("/data"); }
    [[nodiscard]] QString pidFile() const { return data() + QStringLiteral("/postmaster.pid"); }
    [[nodiscard]] Lab lab(bool durable = false) const
    {
        return Lab({.directory = directory(), .durable = durable, .maxConnections = 50});
    }
    /// A stopped lab here, copied from one made before: quicker than another initdb.
    [[nodiscard]] bool fillFrom(const Place& made)
    {
        return QProcess::execute(QStringLiteral("cp"),
                                 {QStringLiteral("-a"), made.directory(), directory()}) == 0;
    }
    /// Puts a small file system in the way; only root can. It is mounted for this process and its
    /// children alone, so that it goes with them however they end.
    [[nodiscard]] bool mount(const QByteArray& size)
    {
        const QByteArray options = "mode=0711,size=" + size;
        m_isMounted = ::unshare(CLONE_NEWNS) == 0 &&
                      ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                      ::mount("tmpfs", QFile::encodeName(root()).constData(), "tmpfs", 0,
                              options.constData()) == 0;
        return m_isMounted;
    }

private:
    QTemporaryDir m_directory;
    QString m_below;
    bool m_isMounted = false;
};

} // namespace tallystick
