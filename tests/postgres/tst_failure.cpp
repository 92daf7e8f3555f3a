// SPDX-License-Identifier: GPL-3.0-or-later
//! What a failure means for the money: killed sessions, dead servers, broken transactions.
#include "ledger/postgres/failure.h"
#include "ledger/postgres/open.h"
#include "tests/support/testserver.h"

#include <QtTest/QTest>

#include <thread>

using namespace tallystick;
using postgres::Sent;

class TestFailure final : public QObject
{
    Q_OBJECT
private slots:
    void classifies_data()
    {
        QTest::addColumn<Sent>("sent");
        QTest::addColumn<QString>("sqlState");
        QTest::addColumn<bool>("alive");
        QTest::addColumn<Failure::Kind>("kind");
        using Kind = Failure::Kind;
        QTest::newRow("no server") << Sent::Nothing << "08006" << false << Kind::Unreachable;
        QTest::newRow("no code at connect") << Sent::Nothing << "" << false << Kind::Unreachable;
        QTest::newRow("wrong password") << Sent::Nothing << "28P01" << false << Kind::NotAllowed;
        QTest::newRow("starting up") << Sent::Nothing << "57P03" << false << Kind::Unreachable;
        QTest::newRow("too many clients") << Sent::Nothing << "53300" << false << Kind::ServerFull;
        QTest::newRow("killed under a statement")
            << Sent::Statement << "57P01" << false << Kind::SessionLost;
        QTest::newRow("lost under a statement, no code")
            << Sent::Statement << "" << false << Kind::SessionLost;
        QTest::newRow("killed in commit")
            << Sent::Commit << "57P01" << false << Kind::OutcomeUnknown;
        QTest::newRow("lost in commit, no code")
            << Sent::Commit << "" << false << Kind::OutcomeUnknown;
        QTest::newRow("crash of another backend")
            << Sent::Commit << "57P02" << true << Kind::OutcomeUnknown;
        QTest::newRow("connection failure code")
            << Sent::Commit << "08006" << true << Kind::OutcomeUnknown;
        QTest::newRow("commit refused, session lives")
            << Sent::Commit << "" << true << Kind::Unexpected;
        QTest::newRow("serialization in commit")
            << Sent::Commit << "40001" << true << Kind::Conflict;
        QTest::newRow("deadlock") << Sent::Statement << "40P01" << true << Kind::Conflict;
        QTest::newRow("lock timeout") << Sent::Statement << "55P03" << true << Kind::TimedOut;
        QTest::newRow("cancelled") << Sent::Commit << "57014" << true << Kind::TimedOut;
        QTest::newRow("read only") << Sent::Commit << "25006" << true << Kind::ReadOnly;
        QTest::newRow("no right") << Sent::Statement << "42501" << true << Kind::NotAllowed;
        QTest::newRow("no table") << Sent::Statement << "42P01" << true << Kind::SchemaMismatch;
        QTest::newRow("disk full") << Sent::Commit << "53100" << true << Kind::ServerFull;
        QTest::newRow("anything else") << Sent::Statement << "22003" << true << Kind::Unexpected;
    }
    void classifies()
    {
        QFETCH(Sent, sent);
        QFETCH(QString, sqlState);
        QFETCH(bool, alive);
        QTEST(postgres::classified({.sent = sent, .sqlState = sqlState, .isSessionAlive = alive})
                  .kind,
              "kind");
    }

    void refusesToConnect_data()
    {
        using Kind = Failure::Kind;
        QTest::addColumn<QString>("uri");
        QTest::addColumn<Kind>("kind");
        QTest::newRow("no socket") << "postgresql:///x?host=/nonexistent" << Kind::Unreachable;
        QTest::newRow("closed port") << "postgresql://127.0.0.1:1/x" << Kind::Unreachable;
        QTest::newRow("nonsense") << "postgresql://[half" << Kind::ConnectionMisread;
        QTest::newRow("unknown keyword") << "nonsense=1" << Kind::ConnectionMisread;
        QTest::newRow("no port") << "host=/x port=one" << Kind::ConnectionMisread;
    }
    void refusesToConnect()
    {
        QFETCH(QString, uri);
        QFETCH(Failure::Kind, kind);
        auto ledger = postgres::openLedger({.uri = uri});
        QVERIFY(ledger.failure());
        QCOMPARE(ledger.failure()->kind, kind);
        QVERIFY(!ledger.failure()->text.isEmpty());
    }

    void refusesADatabaseThatIsNoLab()
    {
        const Connection empty = m_server.createEmptyDatabase();
        auto bench = postgres::openBench(empty);
        QVERIFY(bench.failure());
        QCOMPARE(bench.failure()->kind, Failure::Kind::NoLabMarker);
        auto broken = postgres::openLedger(empty, {.fault = Fault::NoLock});
        QCOMPARE(broken.failure()->kind, Failure::Kind::NoLabMarker);
        auto loader = postgres::openLoader(empty);
        QCOMPARE(loader.failure()->kind, Failure::Kind::NoLabMarker);
        auto ledger = postgres::openLedger(empty);
        QVERIFY(ledger);
        auto users = (*ledger)->users({});
        QCOMPARE(users.failure()->kind, Failure::Kind::SchemaMismatch);
    }

    /// A session killed while it waits for the row lock: nothing was applied by row-lock; the one
    /// statement of the function way commits by itself, so there its end is unknown until asked.
    void aKilledWaiterIsResolvedByItsKey_data()
    {
        QTest::addColumn<Way>("way");
        QTest::addColumn<Failure::Kind>("kind");
        QTest::newRow("row-lock") << Way::RowLock << Failure::Kind::SessionLost;
        QTest::newRow("function") << Way::Function << Failure::Kind::OutcomeUnknown;
    }
    void aKilledWaiterIsResolvedByItsKey()
    {
        QFETCH(Way, way);
        QFETCH(Failure::Kind, kind);
        const Connection database = m_server.createDatabase();
        const UserId user = *UserId::from(QStringLiteral("u"));
        auto bench = postgres::openBench(database);
        QVERIFY(bench);
        QVERIFY((*postgres::openLedger(database))->createUser({.id = user}));
        QVERIFY((*bench)->holdLock(user));

        const Posting posting = topUp(user, Credits::of(100), newTransactionKey());
        Connection named = database;
        named.sessionName = QStringLiteral("victim");
        std::optional<Result<Receipt>> answer;
        std::thread poster([&] {
            auto ledger = postgres::openLedger(named, {.way = way});
            answer = (*ledger)->post(posting);
        });
        QTRY_COMPARE(
            sql(database,
                QStringLiteral(
                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'victim' "
                    "AND wait_event_type = 'Lock'")),
            QStringLiteral("1"));
        runSql(database, QStringLiteral("SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                        "WHERE application_name = 'victim'"));
        poster.join();
        QVERIFY(answer->failure());
        QCOMPARE(answer->failure()->kind, kind);
        QVERIFY(answer->failure()->needsNewSession());
        QVERIFY((*bench)->releaseLock());

        auto again = (*postgres::openLedger(database, {.way = way}))->post(posting);
        QVERIFY(again);
        QVERIFY(!again->replayed);
        QCOMPARE(again->balance.value(), 100);
    }

    void aDeadServerLosesNothing()
    {
        TestServer server;
        const Connection database = server.createDatabase();
        const UserId user = *UserId::from(QStringLiteral("u"));
        auto ledger = postgres::openLedger(database);
        QVERIFY((*ledger)->createUser({.id = user}));
        const Posting first = topUp(user, Credits::of(100), newTransactionKey());
        QVERIFY((*ledger)->post(first));
        server.kill(); // a backend may serve on until it next looks for its parent
        QTRY_VERIFY((*ledger)->server().failure());
        const Posting second = topUp(user, Credits::of(50), newTransactionKey());
        auto lost = (*ledger)->post(second);
        QVERIFY(lost.failure());
        QVERIFY(lost.failure()->kind == Failure::Kind::OutcomeUnknown ||
                lost.failure()->kind == Failure::Kind::SessionLost);
        auto still = (*ledger)->balance(user); // the dead session keeps saying so
        QVERIFY(still.failure());
        QVERIFY(still.failure()->needsNewSession());
        auto closed = postgres::openLedger(database);
        QCOMPARE(closed.failure()->kind, Failure::Kind::Unreachable);
        server.restart();
        auto fresh = postgres::openLedger(database);
        QVERIFY(fresh);
        QVERIFY((*fresh)->post(first)->replayed);
        QVERIFY((*fresh)->post(second));
        QCOMPARE((*fresh)->balance(user)->credits.value(), 150);
    }

    void aFailedTransactionLeavesTheSessionUsable()
    {
        const Connection database = m_server.createDatabase();
        const UserId user = *UserId::from(QStringLiteral("u"));
        auto ledger = postgres::openLedger(database, {.way = Way::RowLock});
        QVERIFY((*ledger)->createUser({.id = user}));
        runSql(database, QStringLiteral("ALTER TABLE platform.\"CreditTransaction\" "
                                        "ADD CONSTRAINT no_fives CHECK (amount <> 5)"));
        auto failed = (*ledger)->post(topUp(user, Credits::of(5), newTransactionKey()));
        QVERIFY(failed.failure());
        QCOMPARE(failed.failure()->sqlState, QStringLiteral("23514"));
        auto posted = (*ledger)->post(topUp(user, Credits::of(6), newTransactionKey()));
        QVERIFY(posted);
        QCOMPARE(posted->balance.value(), 6);
    }

    void tellsConnectErrorsApart_data()
    {
        QTest::addColumn<QString>("change");
        QTest::addColumn<QString>("sqlState");
        QTest::newRow("no such database") << QStringLiteral("dbname=nothing") << "3D000";
        QTest::newRow("no such role") << QStringLiteral("user=nobody_here") << "28000";
    }
    void tellsConnectErrorsApart()
    {
        QFETCH(QString, change);
        Connection wrong = m_server.connection();
        wrong.uri +=
            (wrong.uri.contains(QLatin1Char('?')) ? QLatin1Char('&') : QLatin1Char('?')) + change;
        auto ledger = postgres::openLedger(wrong);
        QVERIFY(ledger.failure());
        QTEST(ledger.failure()->sqlState, "sqlState");
    }

    void aStreamThatBreaksIsNoShortChain()
    {
        const Connection database = m_server.createDatabase();
        const UserId user = *UserId::from(QStringLiteral("u"));
        runSql(database,
               QStringLiteral("INSERT INTO platform.\"User\" (id, email) VALUES ('u', 'u@x');"
                              "INSERT INTO platform.\"CreditTransaction\" (\"transactionKey\", "
                              "\"userId\", amount, type, \"runningBalance\", sequence, metadata) "
                              "SELECT 'k' || n, 'u', 1, 'TOP_UP', n, n, '{\"requestedAmount\": 1}' "
                              "FROM generate_series(1, 200000) n;"
                              "INSERT INTO platform.\"UserBalance\" VALUES ('u', 200000, now(), "
                              "200000)"));
        // Ended at every stage of the statement, before its first row and between rows.
        int broken = 0;
        for (const int millis : {20, 60, 120, 180, 240}) {
            Connection hasty = database;
            hasty.statementTimeoutMillis = millis;
            auto ledger = postgres::openLedger(hasty);
            QVERIFY(ledger);
            auto chain = (*ledger)->chain(user);
            if (chain)
                QCOMPARE(chain->rows.size(), 200000);
            else
                ++broken;
        }
        QVERIFY(broken > 0);
        auto ledger = postgres::openLedger(database);
        int seen = 0;
        QVERIFY((*ledger)->chains([&seen](Chain&&) { return ++seen < 1; })); // stops early
        QCOMPARE((*ledger)->chain(user)->rows.size(), 200000);               // and goes on working
    }

    void timesOutOnALockedRow()
    {
        const Connection database = m_server.createDatabase();
        const UserId user = *UserId::from(QStringLiteral("u"));
        QVERIFY((*postgres::openLedger(database))->createUser({.id = user}));
        auto bench = postgres::openBench(database);
        QVERIFY((*bench)->holdLock(user));
        for (const Way way : ruleWays) {
            Connection hasty = database;
            (way == Way::RowLock ? hasty.statementTimeoutMillis : hasty.lockTimeoutMillis) = 100;
            auto ledger = postgres::openLedger(hasty, {.way = way});
            auto late = (*ledger)->post(topUp(user, Credits::of(5), newTransactionKey()));
            QVERIFY(late.failure());
            QCOMPARE(late.failure()->kind, Failure::Kind::TimedOut);
            QVERIFY(late.failure()->mayRetry());
        }
        QVERIFY((*bench)->releaseLock());
        QCOMPARE(
            sql(database, QStringLiteral("SELECT count(*) FROM platform.\"CreditTransaction\"")),
            QStringLiteral("0"));
    }

private:
    TestServer m_server;
};

QTEST_GUILESS_MAIN(TestFailure)
#include "tst_failure.moc"
