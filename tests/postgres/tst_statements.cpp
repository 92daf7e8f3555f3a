// SPDX-License-Identifier: GPL-3.0-or-later
//! The user's own SQL: what it answers, and what is found wrong with it before or while it runs.
#include "ledger/postgres/open.h"
#include "tests/support/testserver.h"

#include <QtTest/QTest>

using namespace tallystick;

namespace {

const QString balances = QStringLiteral("platform.\"UserBalance\"");
const QString rows = QStringLiteral("platform.\"CreditTransaction\"");

QString lockStep()
{
    return QStringLiteral("SELECT balance FROM %1 WHERE \"userId\" = :user FOR UPDATE")
        .arg(balances);
}

QString moveStep()
{
    return QStringLiteral("UPDATE %1 SET balance = balance + :amount WHERE \"userId\" = :user AND "
                          "balance + :amount >= 0 RETURNING balance")
        .arg(balances);
}

QString insertStep()
{
    return QStringLiteral("INSERT INTO %1 (\"transactionKey\", \"userId\", amount, type, metadata, "
                          "\"runningBalance\") VALUES (:key, :user, :amount, :type, :metadata, "
                          ":balance)")
        .arg(rows);
}

QString readStep()
{
    return QStringLiteral("SELECT balance FROM %1 WHERE \"userId\" = :user").arg(balances);
}

} // namespace

class TestStatements final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        m_database = m_server.createDatabase();
        m_plain = *postgres::openLedger(m_database);
    }
    void init()
    {
        m_user = *UserId::from(QStringLiteral("user-%1").arg(++m_users));
        QVERIFY(m_plain->createUser({.id = m_user}));
        QVERIFY(m_plain->post(topUp(m_user, Credits::of(100), newTransactionKey())));
    }

    void postsAndAnswersTheBalance()
    {
        const auto ledger = open({lockStep(), moveStep(), insertStep()});
        const TransactionKey key = newTransactionKey();
        const auto receipt = ledger->post(spend(m_user, Credits::of(30), key));
        QVERIFY(receipt);
        QCOMPARE(receipt->balance, Credits::of(70));
        QCOMPARE(receipt->tells, Receipt::Tells::Balance);
        QVERIFY(receipt->key == key && !receipt->replayed);
        const auto row = m_plain->transaction(m_user, key);
        QVERIFY(row);
        QCOMPARE(row->amount, Credits::of(-30));
        QCOMPARE(row->runningBalance, Credits::of(70));
        QCOMPARE(row->typeLabel, QStringLiteral("USAGE"));
    }

    void refusesWhereAStepFindsNoRowAndLeavesNothing()
    {
        // The row is written first: it must be gone when the step after it refuses.
        const auto ledger = open({readStep(), insertStep(), moveStep()});
        const auto refused = ledger->post(spend(m_user, Credits::of(101), newTransactionKey()));
        QVERIFY(refused.refusal());
        QCOMPARE(refused.refusal()->refusal, Refusal::RefusedByStatement);
        QCOMPARE(m_plain->chain(m_user)->rows.size(), 1);
    }

    void refusesWhereAStepChangesNoRow()
    {
        const auto ledger = open({QStringLiteral("UPDATE %1 SET balance = 0 WHERE \"userId\" = "
                                                 ":user AND balance = 12345")
                                      .arg(balances)});
        const auto refused = ledger->post(spend(m_user, Credits::of(1), newTransactionKey()));
        QVERIFY(refused.refusal());
        QCOMPARE(refused.refusal()->refusal, Refusal::RefusedByStatement);
    }

    void withoutATransactionEachStepCommits()
    {
        const auto ledger = open({moveStep(), readStep() + QStringLiteral(" AND balance > 1000")},
                                 OperationKind::Spend, false);
        QVERIFY(ledger->post(spend(m_user, Credits::of(1), newTransactionKey())).refusal());
        QCOMPARE(m_plain->balance(m_user)->credits, Credits::of(99));
    }

    void aKeyThatStandsIsAReplay()
    {
        const auto ledger = open({lockStep(), moveStep(), insertStep()});
        const Posting posting = spend(m_user, Credits::of(30), newTransactionKey());
        QVERIFY(ledger->post(posting));
        const auto again = ledger->post(posting);
        QVERIFY(again);
        QVERIFY(again->replayed);
        QCOMPARE(again->tells, Receipt::Tells::Nothing);
        QCOMPARE(m_plain->balance(m_user)->credits, Credits::of(70));
        // The session goes on.
        QVERIFY(ledger->post(spend(m_user, Credits::of(1), newTransactionKey())));
    }

    void laterColumnsTakeThePlaceOfEarlierOnes()
    {
        const auto ledger =
            open({QStringLiteral("SELECT 5 AS balance, NULL::text AS nothing, 'it''s' AS word"),
                  QStringLiteral("SELECT :balance::integer + 1 AS balance WHERE "
                                 ":nothing::text IS NULL AND :word = 'it''s' AND :user <> ''"),
                  QStringLiteral("UPDATE %1 SET balance = :balance WHERE \"userId\" = :user")
                      .arg(balances)});
        const auto receipt = ledger->post(spend(m_user, Credits::of(1), newTransactionKey()));
        QVERIFY(receipt);
        QCOMPARE(receipt->balance, Credits::of(6));
        QCOMPARE(m_plain->balance(m_user)->credits, Credits::of(6));
    }

    void everyCommandIsGivenWhatItSays()
    {
        const QString tell =
            QStringLiteral("WITH told AS (INSERT INTO %1 (\"transactionKey\", \"userId\", amount, "
                           "type, metadata) VALUES (gen_random_uuid()::text, :user, 1, 'GRANT', "
                           "jsonb_build_object('key', :key::text, 'amount', :amount::int, 'type', "
                           ":type::text, 'ceiling', :ceiling::int, 'step', :step::text, 'of', "
                           ":of::text)) RETURNING 1) SELECT 1 AS one FROM told")
                .arg(rows);
        Target target{.way = Way::Statements, .fault = {}, .statements = {}};
        for (const OperationKind kind : allOperationKinds)
            if (kind != OperationKind::Read)
                target.statements.insert(kind, {.transaction = true, .steps = {tell}});
        const auto ledger = postgres::openLedger(m_database, target);
        QVERIFY(ledger.ok());
        const TransactionKey key = *TransactionKey::from(QStringLiteral("k"));
        const TransactionKey paid = *TransactionKey::from(QStringLiteral("paid"));
        const auto told = [this] {
            const auto rowsOfUser = m_plain->history({.user = m_user, .limit = 1});
            const QJsonObject said = rowsOfUser->rows.first().metadata;
            QStringList words;
            for (const char* const name : {"key", "amount", "type", "ceiling", "step", "of"})
                words.append(said.value(QLatin1String(name)).toVariant().toString());
            return words.join(QLatin1Char('|'));
        };
        QVERIFY((*ledger)->post(topUp(m_user, Credits::of(5), key, Credits::of(9))).ok());
        QCOMPARE(told(), QStringLiteral("k|5|TOP_UP|9||"));
        QVERIFY((*ledger)->post(refund(m_user, paid, Credits::of(5), key)).ok());
        QCOMPARE(told(), QStringLiteral("k|-5|REFUND|||paid"));
        QVERIFY((*ledger)->post(reward(m_user, Credits::of(5), QStringLiteral("S-1"))).ok());
        QCOMPARE(told(), QStringLiteral("REWARD-%1-S-1|5|GRANT||S-1|").arg(m_user.text()));
        QVERIFY((*ledger)->post(adjustment(m_user, Credits::of(-5), true, key)).ok());
        QCOMPARE(told(), QStringLiteral("k|-5|GRANT|||"));
        QVERIFY((*ledger)->reverse({.user = m_user, .key = paid, .metadata = {}}).ok());
        QCOMPARE(told(), QStringLiteral("REVERSAL-paid|||||paid"));
        QVERIFY(
            (*ledger)->activate({.user = m_user, .key = paid, .newKey = {}, .metadata = {}}).ok());
        QCOMPARE(told(), QStringLiteral("paid|||||paid"));
    }

    void readsBalances()
    {
        const auto ledger = open({readStep()}, OperationKind::Read);
        const auto balance = ledger->balance(m_user);
        QVERIFY(balance);
        QCOMPARE(balance->credits, Credits::of(100));
        const auto nobody = ledger->balance(*UserId::from(QStringLiteral("nobody")));
        QVERIFY(nobody.refusal());
        QCOMPARE(nobody.refusal()->refusal, Refusal::RefusedByStatement);
    }

    void wrongSqlIsFoundWhenItIsPrepared_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("about");
        const auto row = [](const char* name, const QString& step, const char* about) {
            QTest::newRow(name) << step << QString::fromUtf8(about);
        };
        row("syntax error", QStringLiteral("SELECT FROM WHERE"), "syntax error");
        row("missing placeholder", QStringLiteral("SELECT :balnce"), ":balnce");
        row("missing table", QStringLiteral("SELECT 1 FROM platform.\"Nowhere\""),
            "does not exist");
        row("missing column", QStringLiteral("SELECT nowhere FROM ") + balances, "does not exist");
        row("missing function", QStringLiteral("SELECT nowhere()"), "does not exist");
        row("wrong column type",
            QStringLiteral("SELECT 1 FROM %1 WHERE balance = 'x'::text").arg(balances),
            "does not exist");
        row("a text for a number",
            QStringLiteral("SELECT 1 FROM %1 WHERE balance = :user").arg(balances),
            ":user is a text, but stands where integer is wanted");
        row("a number for a time", QStringLiteral("SELECT 1 WHERE now() < :amount"),
            ":amount is a number, but stands where timestamp with time zone is wanted");
        row("a column of the wrong type",
            QStringLiteral("SELECT 1 FROM %1 WHERE balance = :moment").arg(balances),
            ":moment is timestamp with time zone, but stands where integer is wanted");
        row("a balance that is no number", QStringLiteral("SELECT 'much'::text AS balance"),
            "the column \"balance\" is text");
        row("leaves the transaction", QStringLiteral("COMMIT"), "stays in its transaction");
        row("several statements", QStringLiteral("SELECT 1; SELECT 2"), "one statement");
        row("a type that cannot be known", QStringLiteral("SELECT 1 WHERE :ceiling IS NULL"),
            "could not determine data type");
    }

    void wrongSqlIsFoundWhenItIsPrepared()
    {
        QFETCH(QString, step);
        QFETCH(QString, about);
        Target target{.way = Way::Statements, .fault = {}, .statements = {}};
        target.statements.insert(
            OperationKind::Spend,
            {.transaction = true, .steps = {QStringLiteral("SELECT now() AS moment"), step}});
        const auto opened = postgres::openLedger(m_database, target);
        QVERIFY(opened.failure());
        const Failure& failure = *opened.failure();
        QCOMPARE(failure.kind, Failure::Kind::WrongStatement);
        QCOMPARE(failure.statement, QStringLiteral("target.statements.spend.steps[1]"));
        QVERIFY2(failure.text.contains(about), qPrintable(failure.text));
        QVERIFY(!failure.mayRetry() && !failure.needsNewSession());
    }

    void aReadWithoutABalanceIsWrong()
    {
        Target target{.way = Way::Statements, .fault = {}, .statements = {}};
        target.statements.insert(OperationKind::Read,
                                 {.transaction = true, .steps = {QStringLiteral("SELECT 1 AS b")}});
        const auto opened = postgres::openLedger(m_database, target);
        QVERIFY(opened.failure());
        QCOMPARE(opened.failure()->kind, Failure::Kind::WrongStatement);
        QCOMPARE(opened.failure()->statement, QStringLiteral("target.statements.read"));
    }

    void whatShowsOnlyWhileItRunsIsWrongThen_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("about");
        QTest::newRow("two rows") << QStringLiteral("SELECT generate_series(1, 2) AS n")
                                  << QStringLiteral("returned 2 rows");
        QTest::newRow("two rows changed")
            << QStringLiteral("UPDATE %1 SET balance = 0 RETURNING balance").arg(balances)
            << QStringLiteral("rows; a step returns one row");
        QTest::newRow("no number") << QStringLiteral("SELECT :user::text::integer AS n")
                                   << QStringLiteral("invalid input syntax");
        QTest::newRow("a fraction of a balance")
            << QStringLiteral("SELECT 0.5 AS balance") << QStringLiteral("must be a whole number");
        QTest::newRow("a procedure that commits")
            << QStringLiteral("CALL pg_temp_leave()") << QStringLiteral("invalid transaction");
    }

    void whatShowsOnlyWhileItRunsIsWrongThen()
    {
        QFETCH(QString, step);
        QFETCH(QString, about);
        runSql(m_database, QStringLiteral("CREATE OR REPLACE PROCEDURE pg_temp_leave() LANGUAGE "
                                          "plpgsql AS $$ BEGIN COMMIT; END $$"));
        const auto other = *UserId::from(m_user.text() + QStringLiteral("-other"));
        QVERIFY(m_plain->createUser({.id = other}));
        const auto ledger = open({lockStep(), step});
        const auto answer = ledger->post(spend(m_user, Credits::of(1), newTransactionKey()));
        QVERIFY(answer.failure());
        QCOMPARE(answer.failure()->kind, Failure::Kind::WrongStatement);
        QCOMPARE(answer.failure()->statement, QStringLiteral("target.statements.spend.steps[1]"));
        QVERIFY2(answer.failure()->text.contains(about), qPrintable(answer.failure()->text));
        QCOMPARE(m_plain->balance(m_user)->credits, Credits::of(100));
    }

    void serverTroubleIsNotBlamedOnTheStatement()
    {
        Connection hasty = m_database;
        hasty.lockTimeoutMillis = 100;
        Target target{.way = Way::Statements, .fault = {}, .statements = {}};
        target.statements.insert(OperationKind::Spend,
                                 {.transaction = true, .steps = {lockStep()}});
        const auto ledger = postgres::openLedger(hasty, target);
        QVERIFY(ledger.ok());
        const auto bench = postgres::openBench(m_database);
        QVERIFY(bench.ok());
        QVERIFY((*bench)->holdLock(m_user).ok());
        const auto late = (*ledger)->post(spend(m_user, Credits::of(1), newTransactionKey()));
        QVERIFY(late.failure());
        QCOMPARE(late.failure()->kind, Failure::Kind::TimedOut);
        QVERIFY((*bench)->releaseLock().ok());
        QVERIFY((*ledger)->post(spend(m_user, Credits::of(1), newTransactionKey())).ok());
    }

    void aLostSessionIsClassifiedByWhatWasSent_data()
    {
        QTest::addColumn<bool>("isTransaction");
        QTest::addColumn<Failure::Kind>("kind");
        QTest::newRow("in a transaction") << true << Failure::Kind::SessionLost;
        QTest::newRow("each step by itself") << false << Failure::Kind::OutcomeUnknown;
    }

    void aLostSessionIsClassifiedByWhatWasSent()
    {
        QFETCH(bool, isTransaction);
        QFETCH(Failure::Kind, kind);
        const auto ledger = open({QStringLiteral("SELECT pg_terminate_backend(pg_backend_pid())")},
                                 OperationKind::Spend, isTransaction);
        const Posting posting = spend(m_user, Credits::of(1), newTransactionKey());
        const auto lost = ledger->post(posting);
        QVERIFY(lost.failure());
        QCOMPARE(lost.failure()->kind, kind);
        const auto after = ledger->post(posting);
        QVERIFY(after.failure());
        QCOMPARE(after.failure()->kind, Failure::Kind::SessionLost);
    }

    void anOperationWithoutStatementsIsSaid()
    {
        const auto ledger = open({lockStep()});
        const auto none = ledger->post(topUp(m_user, Credits::of(1), newTransactionKey()));
        QVERIFY(none.failure());
        QCOMPARE(none.failure()->kind, Failure::Kind::WrongStatement);
        QCOMPARE(none.failure()->statement, QStringLiteral("target.statements.topUp"));
    }

    void runsInLabsOnly()
    {
        Target target{.way = Way::Statements, .fault = {}, .statements = {}};
        const auto opened = postgres::openLedger(m_server.createEmptyDatabase(), target);
        QVERIFY(opened.failure());
        QCOMPARE(opened.failure()->kind, Failure::Kind::NoLabMarker);
    }

private:
    std::unique_ptr<Ledger> open(const QStringList& steps,
                                 OperationKind kind = OperationKind::Spend,
                                 bool isTransaction = true)
    {
        Target target{.way = Way::Statements, .fault = {}, .statements = {}};
        target.statements.insert(kind, {.transaction = isTransaction, .steps = steps});
        auto opened = postgres::openLedger(m_database, target);
        if (!opened)
            qFatal("%s", qPrintable(opened.failure()->text));
        return *std::move(opened);
    }

    TestServer m_server;
    Connection m_database;
    std::unique_ptr<Ledger> m_plain;
    UserId m_user;
    int m_users = 0;
};

QTEST_GUILESS_MAIN(TestStatements)
#include "tst_statements.moc"
