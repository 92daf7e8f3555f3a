// SPDX-License-Identifier: GPL-3.0-or-later
//! The server goes before, during and for good: nothing is lost, nothing is posted twice.
#include "tests/app/lockholder.h"
#include "tests/app/program.h"
#include "tests/support/testserver.h"

#include <QtTest/QtTest>

#include <csignal>

using namespace tallystick;

class tst_CliDoubt final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void saysThatAServerIsGoneBeforehand();
    void postsOnceWhenTheServerDiesDuringThePosting();
    void postsOnceWhenOnlyTheSessionIsCut();
    void namesTheKeyWhenTheServerStaysAway();
    void namesTheKeyWhenItIsStoppedInDoubt();
    void countsTwoProgramsPostingOneKeyOnce();

private:
    [[nodiscard]] Ended run(const char* line) const { return m_program->run(words(line)); }
    [[nodiscard]] qint64 rowsOf(const char* key) const
    {
        return sql(m_connection, QStringLiteral("select count(*) from "
                                                "platform.\"CreditTransaction\" where "
                                                "\"transactionKey\" = '%1'")
                                     .arg(QString::fromLatin1(key)))
            .toLongLong();
    }
    /// True once \a sessions wait for a lock.
    [[nodiscard]] bool areWaiting(int sessions) const
    {
        return QTest::qWaitFor(
            [this, sessions] {
                return sql(m_connection,
                           QStringLiteral("select count(*) from pg_stat_activity where "
                                          "wait_event_type = 'Lock'"))
                           .toInt() == sessions;
            },
            20'000);
    }
    std::unique_ptr<TestServer> m_server;
    Connection m_connection;
    std::unique_ptr<Program> m_program;
};

void tst_CliDoubt::initTestCase()
{
    m_server = std::make_unique<TestServer>();
}

void tst_CliDoubt::init()
{
    if (m_server->pid() == 0)
        m_server->restart();
    m_connection = m_server->createDatabase();
    m_program =
        std::make_unique<Program>(QStringList{QStringLiteral("--connection"), m_connection.uri});
    COMPARE_CODE(run("user create ann"), 0);
    COMPARE_CODE(run("top-up ann 1000 --reason r --key opening"), 0);
}

void tst_CliDoubt::saysThatAServerIsGoneBeforehand()
{
    m_server->kill();
    const Ended ended = run("top-up ann 100 --reason r --key k --json");
    COMPARE_CODE(ended, 4);
    QVERIFY2(!ended.err.contains("Asking again"), "nothing was sent: there is nothing to wait for");
    QVERIFY(ended.said().contains(QStringLiteral("Nothing was written")));
    QCOMPARE(ended.json().value(QStringLiteral("failed"))[QStringLiteral("name")].toString(),
             QStringLiteral("Unreachable"));
    m_server->restart();
    QCOMPARE(rowsOf("k"), 0);
    COMPARE_CODE(run("top-up ann 100 --reason r --key k"), 0);
}

void tst_CliDoubt::postsOnceWhenTheServerDiesDuringThePosting()
{
    std::unique_ptr<QProcess> posting;
    {
        const LockHolder holder(m_connection, QStringLiteral("ann"));
        QVERIFY(holder.isHolding());
        posting = m_program->start(words("spend ann 100 --key during --json"));
        QVERIFY(areWaiting(1));
        m_server->kill();
    }
    m_server->restart();
    const Ended ended = Program::ended(*posting);
    COMPARE_CODE(ended, 0);
    QCOMPARE(ended.json().value(QStringLiteral("balance")).toInt(), 900);
    QVERIFY(ended.said().startsWith(QStringLiteral("key: during\n")));
    QVERIFY(ended.said().contains(QStringLiteral("Asking again with the same key")));
    // What the driver remarks about a session that died is no message for people.
    QVERIFY2(!ended.err.contains("QPSQL") && !ended.err.contains("Unable to"),
             ended.err.constData());
    QCOMPARE(rowsOf("during"), 1);
    COMPARE_CODE(run("verify ann"), 0);
}

void tst_CliDoubt::postsOnceWhenOnlyTheSessionIsCut()
{
    std::unique_ptr<QProcess> posting;
    Connection elsewhere = m_server->connection();
    {
        const LockHolder holder(m_connection, QStringLiteral("ann"));
        QVERIFY(holder.isHolding());
        posting = m_program->start(words("spend ann 100 --key cut --json"));
        QVERIFY(areWaiting(1));
        for (const char* event : {"Lock", "Timeout"}) // the waiter first, then who holds the lock
            runSql(elsewhere, QStringLiteral("select pg_terminate_backend(pid) from "
                                             "pg_stat_activity where wait_event_type = '%1'")
                                  .arg(QString::fromLatin1(event)));
    }
    const Ended ended = Program::ended(*posting);
    COMPARE_CODE(ended, 0);
    QCOMPARE(ended.json().value(QStringLiteral("balance")).toInt(), 900);
    QCOMPARE(rowsOf("cut"), 1);
}

void tst_CliDoubt::namesTheKeyWhenTheServerStaysAway()
{
    std::unique_ptr<QProcess> posting;
    {
        const LockHolder holder(m_connection, QStringLiteral("ann"));
        QVERIFY(holder.isHolding());
        posting = m_program->start(words("spend ann 100 --key lost --json"));
        QVERIFY(areWaiting(1));
        m_server->kill();
    }
    const Ended ended = Program::ended(*posting);
    COMPARE_CODE(ended, 4);
    QVERIFY2(ended.said().contains(QStringLiteral("it is not known whether the posting lost was "
                                                  "written")),
             ended.err.constData());
    QVERIFY(ended.said().contains(QStringLiteral("--key lost")));
    QCOMPARE(ended.json().value(QStringLiteral("key")).toString(), QStringLiteral("lost"));
    QCOMPARE(ended.json().value(QStringLiteral("failed"))[QStringLiteral("name")].toString(),
             QStringLiteral("OutcomeUnknown"));
    // As the sentence says: the same command resolves it, whether it was written or not.
    m_server->restart();
    COMPARE_CODE(run("spend ann 100 --key lost"), 0);
    COMPARE_CODE(run("spend ann 100 --key lost"), 0);
    QCOMPARE(rowsOf("lost"), 1);
    QCOMPARE(run("balance ann").out, QByteArray("900\n"));
}

void tst_CliDoubt::namesTheKeyWhenItIsStoppedInDoubt()
{
    std::unique_ptr<QProcess> posting;
    {
        const LockHolder holder(m_connection, QStringLiteral("ann"));
        QVERIFY(holder.isHolding());
        posting = m_program->start(words("spend ann 100 --key stopped --json"));
        QVERIFY(areWaiting(1));
        m_server->kill();
    }
    QByteArray said;
    QVERIFY(QTest::qWaitFor(
        [&] {
            posting->waitForReadyRead(10);
            said += posting->readAllStandardError();
            return said.contains("Asking again with the same key");
        },
        20'000));
    QCOMPARE(::kill(pid_t(posting->processId()), SIGINT), 0);
    const Ended ended = Program::ended(*posting);
    COMPARE_CODE(ended, 4);
    QVERIFY2((said + ended.err).count("Asking again") < 7, "it went on to its last try");
    QVERIFY2(ended.said().contains(QStringLiteral("it is not known whether the posting stopped was "
                                                  "written")),
             ended.err.constData());
    QVERIFY(ended.said().contains(QStringLiteral("--key stopped")));
    m_server->restart();
    COMPARE_CODE(run("spend ann 100 --key stopped"), 0);
    QCOMPARE(rowsOf("stopped"), 1);
}

void tst_CliDoubt::countsTwoProgramsPostingOneKeyOnce()
{
    std::vector<std::unique_ptr<QProcess>> programs;
    for (int i = 0; i < 6; ++i)
        programs.push_back(m_program->start(words("spend ann 100 --key shared --json")));
    int replayed = 0;
    for (const auto& program : programs) {
        const Ended ended = Program::ended(*program);
        COMPARE_CODE(ended, 0);
        QCOMPARE(ended.json().value(QStringLiteral("balance")).toInt(), 900);
        replayed += ended.json().value(QStringLiteral("replayed")).toBool() ? 1 : 0;
    }
    QCOMPARE(replayed, 5);
    QCOMPARE(rowsOf("shared"), 1);
}

QTEST_GUILESS_MAIN(tst_CliDoubt)
#include "tst_clidoubt.moc"
