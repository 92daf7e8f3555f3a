// SPDX-License-Identifier: GPL-3.0-or-later
//! A test program of the lab as another process, in a role of its own.
#pragma once
#include "ledger/lab/lab.h"
#include "tests/support/testserver.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>
#include <QtCore/QTextStream>
#include <QtCore/QThread>
#include <QtTest/QtTest>

#include <csignal>

namespace tallystick {

/// This program again, in another process and in one of the roles below.
[[nodiscard]] inline std::unique_ptr<QProcess> another(const QStringList& arguments)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QCoreApplication::applicationFilePath(), arguments);
    return process;
}

/// Roles of this program when a test needs another process; a lab started here is left running.
[[nodiscard]] inline int playRole(const QStringList& arguments)
{
    const QString role = arguments.value(1);
    if (role == QLatin1String("--query")) {
        // The session may be ended from outside: whatever comes back is fine.
        return sqlStateOf({.uri = arguments.value(2)}, arguments.value(3)).isEmpty() ? 0 : 1;
    }
    if (role == QLatin1String("--test-server")) {
        const TestServer server;
        QTextStream(stdout) << server.directory() << Qt::endl;
        QThread::sleep(600);
        return 0;
    }
    Lab lab({.directory = arguments.value(2), .durable = false, .maxConnections = 50});
    const auto started = lab.start();
    if (!started) {
        QTextStream(stderr) << started.failure()->text << Qt::endl;
        return 1;
    }
    QTextStream(stdout) << started->uri << ' ' << lab.status().serverPid << Qt::endl;
    if (arguments.value(3) == QLatin1String("and-crash"))
        ::raise(SIGKILL);
    return 0;
}

template <class Test>
[[nodiscard]] int labTestMain(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (argc > 1 && QByteArray(argv[1]).startsWith("--"))
        return playRole(QCoreApplication::arguments());
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace tallystick
