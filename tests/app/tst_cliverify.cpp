// SPDX-License-Identifier: GPL-3.0-or-later
//! Verification by its verb: what it finds, and the exit code that stands for it.
#include "tests/app/program.h"
#include "tests/support/testserver.h"

#include <QtCore/QJsonArray>
#include <QtTest/QtTest>

using namespace tallystick;

class tst_CliVerify final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void verifiesASoundLedgerAndFindsAFork();
    void leavesOpenWhatIsMerelyUnproved();

private:
    [[nodiscard]] Ended run(const char* line) const { return m_program->run(words(line)); }
    std::unique_ptr<TestServer> m_server;
    Connection m_connection;
    std::unique_ptr<Program> m_program;
};

void tst_CliVerify::initTestCase()
{
    m_server = std::make_unique<TestServer>();
}

void tst_CliVerify::init()
{
    m_connection = m_server->createDatabase();
    m_program =
        std::make_unique<Program>(QStringList{QStringLiteral("--connection"), m_connection.uri});
    COMPARE_CODE(run("user create ann --email ann@example.com --name Ann"), 0);
}

void tst_CliVerify::verifiesASoundLedgerAndFindsAFork()
{
    for (const char* line : {"user create bob", "top-up ann 700 --reason r --key a",
                             "spend ann 100 --key b", "top-up bob 5 --reason r"})
        COMPARE_CODE(run(line), 0);
    const Ended sound = run("verify --all --json");
    COMPARE_CODE(sound, 0);
    QCOMPARE(sound.json().value(QStringLiteral("usersChecked")).toInt(), 2);
    QCOMPARE(sound.json().value(QStringLiteral("rowsChecked")).toInt(), 3);
    QCOMPARE(sound.json().value(QStringLiteral("proof")).toString(), QStringLiteral("sequence"));
    QVERIFY(sound.json().value(QStringLiteral("findings")).toArray().isEmpty());
    runSql(m_connection, QStringLiteral("update platform.\"UserBalance\" set balance = 650 where "
                                        "\"userId\" = 'ann'"));
    const Ended broken = run("verify --all --json");
    COMPARE_CODE(broken, 2);
    const QJsonArray findings = broken.json().value(QStringLiteral("findings")).toArray();
    QCOMPARE(findings.size(), 1);
    QCOMPARE(findings[0][QStringLiteral("user")].toString(), QStringLiteral("ann"));
    QCOMPARE(findings[0][QStringLiteral("finding")].toString(), QStringLiteral("TAIL"));
    QCOMPARE(findings[0][QStringLiteral("credits")].toInt(), 50);
    QCOMPARE(findings[0][QStringLiteral("harmless")].toBool(true), false);
    COMPARE_CODE(run("verify ann"), 2);
    COMPARE_CODE(run("verify bob"), 0);
}

void tst_CliVerify::leavesOpenWhatIsMerelyUnproved()
{
    for (const char* line : {"user create bob", "top-up ann 700 --reason r --key a",
                             "spend ann 100 --key b", "top-up bob 5 --reason r"})
        COMPARE_CODE(run(line), 0);
    runSql(m_connection, QStringLiteral("set session_replication_role = replica; update "
                                        "platform.\"CreditTransaction\" set sequence = null "
                                        "where \"userId\" = 'ann'"));
    const Ended byCommit = run("verify ann --json");
    COMPARE_CODE(byCommit, 0);
    QCOMPARE(byCommit.json().value(QStringLiteral("proof")).toString(),
             QStringLiteral("commitTime"));
    QVERIFY(byCommit.json().value(QStringLiteral("findings")).toArray().isEmpty());
    QCOMPARE(run("verify --all --json").json().value(QStringLiteral("proof")).toString(),
             QStringLiteral("mixed"));

    runSql(m_connection, QStringLiteral("set session_replication_role = replica; update "
                                        "platform.\"CreditTransaction\" set sequence = 1 "
                                        "where \"transactionKey\" = 'a'"));
    const Ended byTrail = run("verify ann --json");
    COMPARE_CODE(byTrail, 0);
    QCOMPARE(byTrail.json().value(QStringLiteral("proof")).toString(), QStringLiteral("trail"));

    runSql(m_connection, QStringLiteral("set session_replication_role = replica; update "
                                        "platform.\"CreditTransaction\" set "
                                        "\"runningBalance\" = null "
                                        "where \"transactionKey\" = 'b'"));
    const Ended unproved = run("verify ann --json");
    COMPARE_CODE(unproved, 3);
    const QJsonArray findings = unproved.json().value(QStringLiteral("findings")).toArray();
    QCOMPARE(findings.size(), 1);
    QCOMPARE(findings[0][QStringLiteral("finding")].toString(), QStringLiteral("UNSEQUENCED"));
    COMPARE_CODE(run("verify --all"), 3);
    COMPARE_CODE(run("verify bob"), 0);
    // Something wrong outweighs it.
    runSql(m_connection, QStringLiteral("update platform.\"UserBalance\" set balance = 6 where "
                                        "\"userId\" = 'bob'"));
    COMPARE_CODE(run("verify --all"), 2);
}

QTEST_GUILESS_MAIN(tst_CliVerify)
#include "tst_cliverify.moc"
