// SPDX-License-Identifier: GPL-3.0-or-later
//! Signals while the lab is in use: what was asked for has an honest end, and no server is left.
#include "tests/app/lockholder.h"
#include "tests/app/program.h"
#include "tests/support/testserver.h"

#include <QtTest/QtTest>

#include <csignal>

using namespace tallystick;

class tst_CliInterrupt final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanup();
    void leavesNoServerWhenStoppedWhileTheLabIsMade();
    void leavesNoServerWhenStoppedTwiceWhileTheLabIsMade();
    void endsAWaitingSpendInOrderAtTheFirstSignal_data();
    void endsAWaitingSpendInOrderAtTheFirstSignal();
    void leavesNoServerAtTheSecondSignal();
    void leavesNoServerAtTheSecondSignalOfARun();
    void closesTheWindowInOrder_data();
    void closesTheWindowInOrder();
    void keepsAServerThatWasAskedToStay();
    void endsAQuestionAtTheTerminal();

private:
    [[nodiscard]] Ended run(const char* line) const { return m_program->run(words(line)); }
    [[nodiscard]] QString directory() const { return m_home.home() + QStringLiteral("/lab"); }
    [[nodiscard]] QString state() const
    {
        return run("lab status --json").json().value(QStringLiteral("state")).toString();
    }
    /// The server process of the lab, asked of its pid file while it runs.
    [[nodiscard]] pid_t serverPid() const { return pid_t(lab().status().serverPid); }
    [[nodiscard]] Lab lab() const { return Lab({.directory = directory()}); }
    [[nodiscard]] static bool isGone(pid_t pid)
    {
        return QTest::qWaitFor([pid] { return ::kill(pid, 0) != 0; }, 5'000);
    }
    static void send(const QProcess& process, int signal)
    {
        QCOMPARE(::kill(pid_t(process.processId()), signal), 0);
    }
    /// True once initdb is at work, which takes a second or more.
    [[nodiscard]] static bool isBeingMade(const QString& lab)
    {
        return QTest::qWaitFor(
            [&lab] {
                return !QDir(lab)
                            .entryList({QStringLiteral("data.making-*")}, QDir::Dirs)
                            .isEmpty();
            },
            20'000);
    }
    /// True once it is the program that hears the signals: before, the system ends it at once.
    [[nodiscard]] static bool takesSignals(const QProcess& process)
    {
        return QTest::qWaitFor(
            [&process] {
                QFile status(QStringLiteral("/proc/%1/status").arg(process.processId()));
                static const QRegularExpression blocked(QStringLiteral("SigBlk:\\s*([0-9a-f]+)"));
                const QString text = status.open(QIODevice::ReadOnly)
                                         ? QString::fromLatin1(status.readAll())
                                         : QString();
                const quint64 mask = blocked.match(text).captured(1).toULongLong(nullptr, 16);
                return (mask & (quint64(1) << (SIGTERM - 1))) != 0;
            },
            20'000);
    }
    /// Said once the first signal was heard: only then is the next one the second.
    [[nodiscard]] static bool hasHeard(QProcess& process, QByteArray& said)
    {
        return QTest::qWaitFor(
            [&] {
                process.waitForReadyRead(10);
                said += process.readAllStandardError();
                return said.contains("Stopping after the step under way");
            },
            10'000);
    }
    [[nodiscard]] bool isWaitingForALock() const
    {
        return QTest::qWaitFor(
            [this] {
                return sql(m_connection,
                           QStringLiteral("select count(*) from pg_stat_activity where "
                                          "wait_event_type = 'Lock'")) == QLatin1String("1");
            },
            20'000);
    }
    /// A server nobody has a share in, as a crash leaves it, with the customer ann.
    void startForNobody()
    {
        const auto started = lab().start();
        QVERIFY(started.ok());
        m_connection = *started;
    }
    Program m_home;
    std::unique_ptr<Program> m_program;
    Connection m_connection;
};

void tst_CliInterrupt::initTestCase()
{
    m_program = std::make_unique<Program>(QStringList{QStringLiteral("--data"), directory()});
}

void tst_CliInterrupt::cleanup()
{
    QVERIFY(lab().stop().ok());
}

void tst_CliInterrupt::leavesNoServerWhenStoppedWhileTheLabIsMade()
{
    const auto process = m_program->start(words("users --json"));
    QVERIFY(isBeingMade(directory()));
    send(*process, SIGINT);
    const Ended ended = Program::ended(*process);
    COMPARE_CODE(ended, 4);
    QCOMPARE(ended.json().value(QStringLiteral("failed"))[QStringLiteral("name")].toString(),
             QStringLiteral("Cancelled"));
    QVERIFY2(ended.said().contains(QStringLiteral("It was cancelled")), ended.err.constData());
    QCOMPARE(state(), QStringLiteral("stopped"));
    // What was made is whole.
    COMPARE_CODE(run("user create ann"), 0);
    COMPARE_CODE(run("top-up ann 1000 --reason r"), 0);
}

void tst_CliInterrupt::leavesNoServerWhenStoppedTwiceWhileTheLabIsMade()
{
    const QString elsewhere = m_home.home() + QStringLiteral("/second");
    const Program program({QStringLiteral("--data"), elsewhere});
    const auto process = program.start(words("lab start"));
    QVERIFY(isBeingMade(elsewhere));
    send(*process, SIGTERM);
    QByteArray said;
    QVERIFY(hasHeard(*process, said));
    send(*process, SIGTERM);
    COMPARE_CODE(Program::ended(*process), 128 + SIGTERM);
    const Lab second({.directory = elsewhere});
    QVERIFY(second.status().state != LabStatus::State::Running);
    QVERIFY(second.status().state != LabStatus::State::Damaged);
}

void tst_CliInterrupt::endsAWaitingSpendInOrderAtTheFirstSignal_data()
{
    QTest::addColumn<int>("signal");
    QTest::addColumn<bool>("isReleased");
    QTest::newRow("Ctrl+C, the lock comes free") << SIGINT << true;
    QTest::newRow("hang-up, the lock comes free") << SIGHUP << true;
    QTest::newRow("termination, the lock stays") << SIGTERM << false;
}

void tst_CliInterrupt::endsAWaitingSpendInOrderAtTheFirstSignal()
{
    QFETCH(const int, signal);
    QFETCH(const bool, isReleased);
    const qint64 before = run("balance ann").out.trimmed().toLongLong();
    startForNobody();
    const pid_t pid = serverPid();
    Ended ended;
    {
        const LockHolder holder(m_connection, QStringLiteral("ann"));
        QVERIFY(holder.isHolding());
        const auto process = m_program->start(words("spend ann 100 --json"));
        QVERIFY(isWaitingForALock());
        send(*process, signal);
        QByteArray said;
        QVERIFY(hasHeard(*process, said));
        if (isReleased)
            holder.release();
        ended = Program::ended(*process);
        ended.err.prepend(said);
    }
    COMPARE_CODE(ended, isReleased ? 0 : 4);
    if (isReleased) {
        QCOMPARE(ended.json().value(QStringLiteral("balance")).toInteger(), before - 100);
    } else {
        QVERIFY2(ended.said().contains(QStringLiteral("Nothing was written")),
                 ended.err.constData());
    }
    QCOMPARE(state(), QStringLiteral("stopped"));
    QVERIFY(isGone(pid));
    QCOMPARE(run("balance ann").out.trimmed().toLongLong(), isReleased ? before - 100 : before);
}

void tst_CliInterrupt::leavesNoServerAtTheSecondSignal()
{
    const QByteArray before = run("balance ann").out;
    startForNobody();
    const pid_t pid = serverPid();
    {
        const LockHolder holder(m_connection, QStringLiteral("ann"));
        QVERIFY(holder.isHolding());
        const auto process = m_program->start(words("spend ann 100"));
        QVERIFY(isWaitingForALock());
        send(*process, SIGINT);
        QByteArray said;
        QVERIFY(hasHeard(*process, said));
        send(*process, SIGINT);
        // Had it waited for the lock it would have said so and ended with 4.
        COMPARE_CODE(Program::ended(*process), 128 + SIGINT);
    }
    QCOMPARE(state(), QStringLiteral("stopped"));
    QVERIFY(isGone(pid));
    QCOMPARE(run("balance ann").out, before);
}

void tst_CliInterrupt::leavesNoServerAtTheSecondSignalOfARun()
{
    const auto process = m_program->start(words("stress run hot-customer --seconds 60 --quiet"));
    QVERIFY(QTest::qWaitFor([this] { return serverPid() > 0; }, 20'000));
    const pid_t pid = serverPid();
    QTest::qWait(1'500); // into the run
    send(*process, SIGINT);
    send(*process, SIGINT);
    QByteArray said;
    QVERIFY(hasHeard(*process, said));
    if (process->state() == QProcess::Running)
        ::kill(pid_t(process->processId()), SIGINT);
    const Ended ended = Program::ended(*process);
    // The run may be over, judged or not yet begun, before the second signal.
    QVERIFY2(ended.code == 128 + SIGINT || ended.code == 3 || ended.code == 4,
             ended.all().constData());
    QCOMPARE(state(), QStringLiteral("stopped"));
    QVERIFY(isGone(pid));
}

void tst_CliInterrupt::closesTheWindowInOrder_data()
{
    QTest::addColumn<int>("millis");
    // While the program starts, while its server does, once the window is there.
    for (const int millis : {0, 200, 700, 4'000})
        QTest::addRow("after %d ms", millis) << millis;
}

void tst_CliInterrupt::closesTheWindowInOrder()
{
    QFETCH(const int, millis);
    Program program({QStringLiteral("--data"), directory()});
    program.setVariable(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    const auto process = program.start({});
    QVERIFY(process->waitForStarted());
    QVERIFY(takesSignals(*process));
    QTest::qWait(millis);
    send(*process, SIGTERM);
    const Ended ended = Program::ended(*process, 30'000);
    COMPARE_CODE(ended, 0);
    QCOMPARE(state(), QStringLiteral("stopped"));
}

void tst_CliInterrupt::keepsAServerThatWasAskedToStay()
{
    COMPARE_CODE(run("lab start"), 0);
    m_connection = lab().connection();
    {
        const LockHolder holder(m_connection, QStringLiteral("ann"));
        QVERIFY(holder.isHolding());
        const auto process = m_program->start(words("spend ann 100"));
        QVERIFY(isWaitingForALock());
        send(*process, SIGINT);
        QByteArray said;
        QVERIFY(hasHeard(*process, said));
        send(*process, SIGINT);
        COMPARE_CODE(Program::ended(*process), 128 + SIGINT);
        holder.release();
    }
    QCOMPARE(state(), QStringLiteral("running"));
    COMPARE_CODE(run("lab stop"), 0);
}

void tst_CliInterrupt::endsAQuestionAtTheTerminal()
{
    // script(1) gives it a terminal; nobody types.
    QProcess script;
    script.start(QStringLiteral("script"),
                 {QStringLiteral("-qec"),
                  QStringLiteral("exec %1 lab mark --connection postgresql://nowhere.invalid/x")
                      .arg(QStringLiteral(TALLYSTICK_BINARY)),
                  QStringLiteral("/dev/null")});
    QByteArray said;
    QVERIFY(QTest::qWaitFor(
        [&] {
            script.waitForReadyRead(10);
            said += script.readAllStandardOutput();
            return said.contains("Type yes to go on");
        },
        20'000));
    script.write("\x03"); // the terminal makes a SIGINT of it
    const Ended ended = Program::ended(script);
    COMPARE_CODE(ended, 1);
    QVERIFY2(ended.out.contains("Nothing was written"), ended.out.constData());
}

QTEST_GUILESS_MAIN(tst_CliInterrupt)
#include "tst_cliinterrupt.moc"
