// SPDX-License-Identifier: GPL-3.0-or-later
//! Programs by way of QProcess.
#include "ledger/lab/program.h"

#include <QtCore/QProcess>
#include <QtCore/QProcessEnvironment>

#include <csignal>
#include <unistd.h>
#ifdef Q_OS_LINUX
    #include <linux/close_range.h>
    #include <sys/prctl.h>
#endif

namespace tallystick {

namespace {

QProcessEnvironment programEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList names = environment.keys();
    for (const QString& name : names)
        if (name.startsWith(QLatin1String("PG")) || name.startsWith(QLatin1String("LC_")))
            environment.remove(name);
    environment.remove(QStringLiteral("LANGUAGE"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    return environment;
}

} // namespace

ProgramResult runProgram(const Account& account, const ProgramRun& run)
{
    QProcess process;
    process.setProgram(run.program);
    process.setArguments(run.arguments);
    process.setProcessEnvironment(programEnvironment());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setWorkingDirectory(QStringLiteral("/")); // the account may not enter the caller's
    process.setChildProcessModifier([account, endsWithUs = run.endsWithUs] {
        if (!become(account))
            _exit(126);
#ifdef Q_OS_LINUX
        // The server outlives this program; it must not hold files this program inherited.
        close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
        if (endsWithUs)
            prctl(PR_SET_PDEATHSIG, SIGKILL); // after setuid, which clears it
#else
        Q_UNUSED(endsWithUs)
#endif
    });
    process.start();
    if (!process.waitForStarted())
        return {.succeeded = false,
                .words = QStringLiteral("%1: %2").arg(run.program, process.errorString())};
    process.write(run.input);
    process.closeWriteChannel();
    if (!process.waitForFinished(run.timeoutMillis)) {
        process.kill();
        process.waitForFinished();
        return {.succeeded = false,
                .words = QStringLiteral("%1: no end after %2 s")
                             .arg(run.program)
                             .arg(run.timeoutMillis / 1000)};
    }
    const QString words = QString::fromLocal8Bit(process.readAll()).trimmed();
    const bool succeeded = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!succeeded && words.isEmpty())
        return {.succeeded = false,
                .words =
                    QStringLiteral("%1: ended with %2").arg(run.program).arg(process.exitCode())};
    return {.succeeded = succeeded, .words = words};
}

} // namespace tallystick
