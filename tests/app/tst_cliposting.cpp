// SPDX-License-Identifier: GPL-3.0-or-later
//! Posting by the verbs, on a real ledger: receipts, keys, amounts.
#include "tests/app/program.h"
#include "tests/support/testserver.h"

#include <QtTest/QtTest>

using namespace tallystick;

class tst_CliPosting final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void printsAReceiptForEveryPosting();
    void printsAReceiptAsText();
    void replaysASpentKey();
    void refusesAReusedKey();
    void saysThatASpendOfNothingWritesNothing();
    void keepsRewardsAndReversalsToTheirOwnKeys();
    void activatesAPendingTopUpOnce();
    void takesAKeyForActivationsToo();
    void keepsReasonAndToolWithTheRow();
    void holdsAmountsBeyondTheRange();

private:
    [[nodiscard]] Ended run(const char* line) const { return m_program->run(words(line)); }
    [[nodiscard]] Ended run(const QStringList& arguments) const
    {
        return m_program->run(arguments);
    }
    [[nodiscard]] qint64 rowCount() const
    {
        return sql(m_connection,
                   QStringLiteral("select count(*) from platform.\"CreditTransaction\""))
            .toLongLong();
    }
    void makePending() const
    {
        runSql(m_connection,
               QStringLiteral("insert into platform.\"CreditTransaction\" (\"transactionKey\", "
                              "\"createdAt\", \"userId\", amount, type, \"isActive\", "
                              "\"runningBalance\") values ('pending', now(), 'ann', 500, 'TOP_UP', "
                              "false, 0)"));
    }
    std::unique_ptr<TestServer> m_server;
    Connection m_connection;
    std::unique_ptr<Program> m_program;
};

void tst_CliPosting::initTestCase()
{
    m_server = std::make_unique<TestServer>();
}

void tst_CliPosting::init()
{
    m_connection = m_server->createDatabase();
    m_program =
        std::make_unique<Program>(QStringList{QStringLiteral("--connection"), m_connection.uri});
    COMPARE_CODE(run("user create ann --email ann@example.com --name Ann"), 0);
}

void tst_CliPosting::printsAReceiptForEveryPosting()
{
    struct Step
    {
        const char* line;
        int requested, applied, balance;
        bool replayed = false;
    };
    for (const Step& step : {
             Step{"top-up ann 700 --reason r --key pay --json", 700, 700, 700},
             Step{"top-up ann 800 --ceiling 1000 --reason r --json", 800, 300, 1000},
             Step{"spend ann 100 --key s1 --json", -100, -100, 900},
             Step{"spend ann 100 --key s1 --json", -100, -100, 900, true},
             Step{"reward ann WELCOME 500 --json", 500, 500, 1400},
             Step{"refund ann pay 200 --reason r --json", -200, -200, 1200},
             Step{"reverse ann s1 --reason r --json", 100, 100, 1300},
         }) {
        const Ended ended = run(step.line);
        COMPARE_CODE(ended, 0);
        const QJsonObject receipt = ended.json();
        QCOMPARE(receipt.value(QStringLiteral("tallystick")).toInt(), 1);
        QCOMPARE(receipt.value(QStringLiteral("requested")).toInt(-1), step.requested);
        QCOMPARE(receipt.value(QStringLiteral("applied")).toInt(-1), step.applied);
        QCOMPARE(receipt.value(QStringLiteral("balance")).toInt(-1), step.balance);
        QCOMPARE(receipt.value(QStringLiteral("replayed")).toBool(!step.replayed), step.replayed);
        QCOMPARE(receipt.value(QStringLiteral("written")).toBool(step.replayed), !step.replayed);
        const QString key = receipt.value(QStringLiteral("key")).toString();
        QVERIFY(!key.isEmpty());
        QCOMPARE(ended.said(), QStringLiteral("key: %1\n").arg(key));
    }
    QCOMPARE(run("balance ann").out, QByteArray("1300\n"));
    COMPARE_CODE(run("verify ann"), 0);
}

void tst_CliPosting::printsAReceiptAsText()
{
    const Ended ended = run("top-up ann 700 --ceiling 300 --reason r --key k");
    COMPARE_CODE(ended, 0);
    QCOMPARE(ended.out, QByteArray("key        k\nrequested  700\napplied    300 (limited by the "
                                   "ceiling)\nbalance    300\nreplayed   no\n"));
}

void tst_CliPosting::replaysASpentKey()
{
    COMPARE_CODE(run("top-up ann 100 --reason r --key once"), 0);
    for (int i = 0; i < 3; ++i) {
        const Ended again = run("top-up ann 100 --reason r --key once --json");
        COMPARE_CODE(again, 0);
        QVERIFY(again.json().value(QStringLiteral("replayed")).toBool());
    }
    QCOMPARE(rowCount(), 1);
}

void tst_CliPosting::refusesAReusedKey()
{
    COMPARE_CODE(run("top-up ann 100 --reason r --key once"), 0);
    const Ended other = run("top-up ann 200 --reason r --key once --json");
    COMPARE_CODE(other, 1);
    QCOMPARE(other.json().value(QStringLiteral("refused"))[QStringLiteral("name")].toString(),
             QStringLiteral("KeyReused"));
    QCOMPARE(rowCount(), 1);
}

void tst_CliPosting::saysThatASpendOfNothingWritesNothing()
{
    COMPARE_CODE(run("top-up ann 100 --reason r"), 0);
    const Ended nothing = run("spend ann 0 --key k --json");
    COMPARE_CODE(nothing, 0);
    QCOMPARE(nothing.json().value(QStringLiteral("applied")).toInt(-1), 0);
    QCOMPARE(nothing.json().value(QStringLiteral("balance")).toInt(), 100);
    QCOMPARE(nothing.json().value(QStringLiteral("written")).toBool(true), false);
    QVERIFY2(nothing.said().contains(QStringLiteral("Nothing was written")),
             nothing.err.constData());
    QCOMPARE(rowCount(), 1);
    // As the sentence says, the key is still free.
    COMPARE_CODE(run("spend ann 40 --key k"), 0);
    QCOMPARE(rowCount(), 2);
    COMPARE_CODE(run("spend bob 0"), 1);
}

void tst_CliPosting::keepsRewardsAndReversalsToTheirOwnKeys()
{
    COMPARE_CODE(run("reward ann WELCOME 500 --key other"), 64);
    COMPARE_CODE(run("reward ann WELCOME 500 --key REWARD-ann-WELCOME"), 0);
    COMPARE_CODE(run("reward ann WELCOME 500"), 1);
    COMPARE_CODE(run("reverse ann REWARD-ann-WELCOME --reason r --key other"), 64);
    COMPARE_CODE(run("reverse ann REWARD-ann-WELCOME --reason r --key REVERSAL-REWARD-ann-WELCOME"),
                 0);
    COMPARE_CODE(run("reverse ann REWARD-ann-WELCOME --reason r"), 1);
    QCOMPARE(run("balance ann").out, QByteArray("0\n"));
}

void tst_CliPosting::activatesAPendingTopUpOnce()
{
    makePending();
    COMPARE_CODE(run("activate ann pending --new-key paid --key elsewhere"), 64);
    const Ended first = run("activate ann pending --new-key paid --json");
    COMPARE_CODE(first, 0);
    QCOMPARE(first.json().value(QStringLiteral("key")).toString(), QStringLiteral("paid"));
    QCOMPARE(first.json().value(QStringLiteral("balance")).toInt(), 500);
    COMPARE_CODE(run("activate ann pending --new-key paid"), 1);
    COMPARE_CODE(run("activate ann paid"), 1);
    QCOMPARE(run("balance ann").out, QByteArray("500\n"));
}

void tst_CliPosting::takesAKeyForActivationsToo()
{
    makePending();
    const Ended activated = run("activate ann pending --key paid --json");
    COMPARE_CODE(activated, 0);
    QCOMPARE(activated.json().value(QStringLiteral("key")).toString(), QStringLiteral("paid"));
    QCOMPARE(sql(m_connection, QStringLiteral("select \"transactionKey\" from "
                                              "platform.\"CreditTransaction\"")),
             QStringLiteral("paid"));
    COMPARE_CODE(run("activate ann pending --key paid"), 1);
    QCOMPARE(run("balance ann").out, QByteArray("500\n"));
}

void tst_CliPosting::keepsReasonAndToolWithTheRow()
{
    COMPARE_CODE(run({QStringLiteral("top-up"), QStringLiteral("ann"), QStringLiteral("5"),
                      QStringLiteral("--reason"), QStringLiteral("goodwill, ticket 7")}),
                 0);
    QCOMPARE(sql(m_connection, QStringLiteral("select metadata->>'reason' || '/' || "
                                              "(metadata->>'tool') from "
                                              "platform.\"CreditTransaction\"")),
             QStringLiteral("goodwill, ticket 7/tallystick"));
}

void tst_CliPosting::holdsAmountsBeyondTheRange()
{
    const Ended most = run("top-up ann 9223372036854775807 --reason r --json");
    COMPARE_CODE(most, 0);
    QCOMPARE(most.json().value(QStringLiteral("requested")).toInteger(), 9223372036854775807);
    QCOMPARE(most.json().value(QStringLiteral("applied")).toInteger(), 2147483647);
    QCOMPARE(most.json().value(QStringLiteral("clamp")).toString(), QStringLiteral("range"));
    COMPARE_CODE(run("spend ann 9223372036854775807"), 1);
    COMPARE_CODE(run("verify ann"), 0);
}

QTEST_GUILESS_MAIN(tst_CliPosting)
#include "tst_cliposting.moc"
