// SPDX-License-Identifier: GPL-3.0-or-later
//! Reading a real ledger: paging, search, balances over time, chains.
#include "ledger/postgres/open.h"
#include "tests/support/testserver.h"

#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace tallystick;

namespace {

UserId id(const QString& text)
{
    return *UserId::from(text);
}

/// Rows of one user at given seconds, running up by \a amount each.
QString historyOf(const QString& user, int rows)
{
    return QStringLiteral(
               "INSERT INTO platform.\"CreditTransaction\" (\"transactionKey\", \"createdAt\", "
               "\"userId\", amount, type, \"runningBalance\", sequence) "
               "SELECT 'k' || n, 'epoch'::timestamptz + (n / 2) * interval '1 second', '%1', 10, "
               "CASE WHEN n % 3 = 0 THEN 'USAGE' ELSE 'TOP_UP' END"
               "::platform.\"CreditTransactionType\", n * 10, n FROM generate_series(1, %2) n;"
               "INSERT INTO platform.\"UserBalance\" VALUES ('%1', %2 * 10, now(), %2)")
        .arg(user)
        .arg(rows);
}

} // namespace

class TestPostgresLedger final : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_database = m_server.createDatabase();
        auto ledger = postgres::openLedger(m_database);
        QVERIFY(ledger);
        m_ledger = *std::move(ledger);
    }

    void pagesCustomersWithoutGapOrRepetition()
    {
        runSql(m_database,
               QStringLiteral(
                   "INSERT INTO platform.\"User\" (id, email) SELECT 'u' || n, 'mail' || n || '@x' "
                   "FROM generate_series(1, 57) n"));
        QSet<QString> seen;
        UsersQuery query{.limit = 10};
        int pages = 0;
        do {
            auto page = m_ledger->users(query);
            QVERIFY(page);
            for (const User& user : page->rows) {
                QVERIFY(!seen.contains(user.id.text()));
                seen.insert(user.id.text());
            }
            ++pages;
            // Through text and back, as the command line carries it.
            query.after = page->next ? UserCursor::from(page->next->text()) : std::nullopt;
        } while (query.after);
        QCOMPARE(seen.size(), 57);
        QCOMPARE(pages, 6);
    }

    void findsCustomers_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<QStringList>("found");
        QTest::newRow("exact id first")
            << "ann" << QStringList{QStringLiteral("ann"), QStringLiteral("hannah")};
        QTest::newRow("exact e-mail") << "ann@example.com" << QStringList{QStringLiteral("ann")};
        QTest::newRow("part of a name, any case")
            << "mÜll" << QStringList{QStringLiteral("hannah")};
        QTest::newRow("transaction key") << "pi_777" << QStringList{QStringLiteral("bob")};
        QTest::newRow("percent is a letter") << "%" << QStringList{QStringLiteral("percent")};
        QTest::newRow("underscore is a letter") << "_" << QStringList{QStringLiteral("percent")};
        QTest::newRow("quote") << "o'brien" << QStringList{QStringLiteral("bob")};
        QTest::newRow("nothing") << "nobody at all" << QStringList{};
        QTest::newRow("10,000 characters") << QString(10000, QLatin1Char('a')) << QStringList{};
        QTest::newRow("NUL inside")
            << (QStringLiteral("an") + QChar(0) + QStringLiteral("n@example.com"))
            << QStringList{QStringLiteral("ann")};
        QTest::newRow("backslash") << "\\" << QStringList{};
    }
    void findsCustomers()
    {
        QFETCH(QString, search);
        QFETCH(QStringList, found);
        runSql(m_database, QStringLiteral("INSERT INTO platform.\"User\" (id, email, name) VALUES "
                                          "('ann', 'ann@example.com', 'Ann'), ('hannah', "
                                          "'hannah@example.com', 'Hannah Müller'), "
                                          "('bob', 'bob@example.com', 'Bob O''Brien'), "
                                          "('percent', '100%_sure@example.com', NULL);"
                                          "INSERT INTO platform.\"CreditTransaction\" "
                                          "(\"transactionKey\", \"userId\", amount, "
                                          "type) VALUES ('pi_777', 'bob', 5, 'TOP_UP')"));
        auto page = m_ledger->users({.search = search});
        QVERIFY(page);
        QStringList ids;
        for (const User& user : page->rows)
            ids.append(user.id.text());
        QCOMPARE(ids, found);
    }

    void pagesASearchToo()
    {
        runSql(m_database,
               QStringLiteral(
                   "INSERT INTO platform.\"User\" (id, email) SELECT 'u' || n, 'mail' || n || '@x' "
                   "FROM generate_series(1, 23) n; INSERT INTO platform.\"User\" (id, email) "
                   "VALUES ('mail', 'zz@x')"));
        QStringList seen;
        UsersQuery query{.search = QStringLiteral("mail"), .limit = 5};
        do {
            auto page = m_ledger->users(query);
            QVERIFY(page);
            for (const User& user : page->rows)
                seen.append(user.id.text());
            query.after = page->next;
        } while (query.after);
        QCOMPARE(seen.first(), QStringLiteral("mail"));
        QCOMPARE(seen.size(), 24);
        QCOMPARE(QSet<QString>(seen.begin(), seen.end()).size(), 24);
    }

    void pagesAHistoryNewestFirst()
    {
        runSql(m_database, QStringLiteral("INSERT INTO platform.\"User\" (id, email) "
                                          "VALUES ('u', 'u@x');") +
                               historyOf(QStringLiteral("u"), 45));
        HistoryQuery query{.user = id(QStringLiteral("u")), .limit = 7};
        QStringList keys;
        Instant last{std::numeric_limits<qint64>::max()};
        do {
            auto page = m_ledger->history(query);
            QVERIFY(page);
            for (const Transaction& row : page->rows) {
                QVERIFY(row.createdAt <= last);
                last = row.createdAt;
                keys.append(row.key.text());
            }
            query.before = page->next ? HistoryCursor::from(page->next->text()) : std::nullopt;
        } while (query.before);
        QCOMPARE(keys.size(), 45);
        QCOMPARE(QSet<QString>(keys.begin(), keys.end()).size(), 45);
    }

    void filtersAHistory()
    {
        runSql(m_database,
               QStringLiteral("INSERT INTO platform.\"User\" (id, email) "
                              "VALUES ('u', 'u@x');") +
                   historyOf(QStringLiteral("u"), 30) +
                   QStringLiteral(";INSERT INTO platform.\"CreditTransaction\" "
                                  "(\"transactionKey\", \"userId\", amount, type, \"isActive\") "
                                  "VALUES ('pending', 'u', 5, 'TOP_UP', false)"));
        const UserId user = id(QStringLiteral("u"));
        QCOMPARE(m_ledger->history({.user = user, .types = {TransactionType::Usage}})->rows.size(),
                 10);
        QCOMPARE(
            m_ledger
                ->history({.user = user, .types = {TransactionType::Usage, TransactionType::TopUp}})
                ->rows.size(),
            31);
        auto pending = m_ledger->history({.user = user, .active = false});
        QCOMPARE(pending->rows.size(), 1);
        QVERIFY(!pending->rows.first().active);
        auto range =
            m_ledger->history({.user = user, .from = Instant{5000000}, .until = Instant{7000000}});
        QCOMPARE(range->rows.size(), 4); // two rows a second, the end excluded
    }

    void summarisesACustomer()
    {
        QVERIFY(m_ledger->createUser({.id = id(QStringLiteral("u")),
                                      .email = QStringLiteral("u@x"),
                                      .name = QStringLiteral("U")}));
        const UserId user = id(QStringLiteral("u"));
        QVERIFY(
            m_ledger->post(topUp(user, Credits::of(900), newTransactionKey(), Credits::of(500))));
        QVERIFY(m_ledger->post(spend(user, Credits::of(120), newTransactionKey())));
        Posting pending = topUp(user, Credits::of(70), newTransactionKey());
        pending.active = false;
        QVERIFY(m_ledger->post(pending));
        auto summary = m_ledger->user(user);
        QVERIFY(summary);
        QCOMPARE(summary->user.balance.value(), 380);
        QCOMPARE(summary->postings, 2);
        QCOMPARE(summary->pendingCount, 1);
        QCOMPARE(summary->pendingTotal.value(), 70);
        QCOMPARE(summary->toppedUp.value(), 500);
        QCOMPARE(summary->spent.value(), -120);
        QCOMPARE(summary->clampedCount, 1);
        QVERIFY(summary->firstActivity && summary->user.lastActivity);
        QCOMPARE(m_ledger->user(id(QStringLiteral("none"))).refusal()->refusal,
                 Refusal::UserUnknown);
    }

    void refusesASecondUserOfTheSameName()
    {
        QVERIFY(
            m_ledger->createUser({.id = id(QStringLiteral("u")), .email = QStringLiteral("u@x")}));
        for (const NewUser& again :
             {NewUser{.id = id(QStringLiteral("u")), .email = QStringLiteral("other@x")},
              NewUser{.id = id(QStringLiteral("v")), .email = QStringLiteral("u@x")}}) {
            const Outcome refused = m_ledger->createUser(again);
            QVERIFY(refused.refusal());
            QCOMPARE(refused.refusal()->refusal, Refusal::UserExists);
        }
    }

    void tellsTheBalanceAtAMoment()
    {
        runSql(m_database, QStringLiteral("INSERT INTO platform.\"User\" (id, email) "
                                          "VALUES ('u', 'u@x');") +
                               historyOf(QStringLiteral("u"), 10));
        const UserId user = id(QStringLiteral("u"));
        QCOMPARE(m_ledger->balanceAt(user, Instant{-1})->credits.value(), 0);
        QCOMPARE(m_ledger->balanceAt(user, Instant{1500000})->credits.value(), 30);
        QCOMPARE(m_ledger->balanceAt(user, Instant{99000000})->credits.value(), 100);
        auto curve = m_ledger->balanceCurve(user, 6);
        QVERIFY(curve);
        QCOMPARE(curve->size(), 6);
        QCOMPARE(curve->first().balance.value(), 10);
        QCOMPARE(curve->last().balance.value(), 100);
        QVERIFY(m_ledger->balanceCurve(id(QStringLiteral("none")), 6)->isEmpty());
    }

    void streamsEveryChainAndStopsWhenTold()
    {
        QString text;
        for (int i = 0; i < 5; ++i)
            text +=
                QStringLiteral("INSERT INTO platform.\"User\" (id, email) VALUES ('u%1', 'u%1@x');")
                    .arg(i) +
                historyOf(QStringLiteral("u%1").arg(i), 3 + i).append(QLatin1Char(';'));
        text +=
            QStringLiteral("INSERT INTO platform.\"User\" (id, email) VALUES ('empty', 'e@x');");
        // keys are per user, so the same ones stand in every history
        runSql(m_database, text);
        QStringList users;
        qsizetype rows = 0;
        QVERIFY(m_ledger->chains([&](Chain&& chain) {
            users.append(chain.user.text());
            rows += chain.rows.size();
            return true;
        }));
        QCOMPARE(users,
                 (QStringList{QStringLiteral("u0"), QStringLiteral("u1"), QStringLiteral("u2"),
                              QStringLiteral("u3"), QStringLiteral("u4")}));
        QCOMPARE(rows, 3 + 4 + 5 + 6 + 7);
        int asked = 0;
        QVERIFY(m_ledger->chains([&](Chain&&) { return ++asked < 2; }));
        QCOMPARE(asked, 2);
        auto chain = m_ledger->chain(id(QStringLiteral("u1")));
        QVERIFY(chain);
        QCOMPARE(chain->rows.size(), 4);
        QCOMPARE(chain->storedSequence, 4);
    }

    void readOnlySessionsWriteNothing()
    {
        QVERIFY(m_ledger->createUser({.id = id(QStringLiteral("u"))}));
        Connection readOnly = m_database;
        readOnly.readOnly = true;
        for (const Way way : ruleWays) {
            auto ledger = postgres::openLedger(readOnly, {.way = way});
            QVERIFY(ledger);
            QVERIFY(!(*ledger)->server()->mayWrite);
            auto refused = (*ledger)->post(
                topUp(id(QStringLiteral("u")), Credits::of(5), newTransactionKey()));
            QVERIFY(refused.failure());
            QCOMPARE(refused.failure()->kind, Failure::Kind::ReadOnly);
        }
        QVERIFY(m_ledger->server()->mayWrite);
    }

    void knowsTheServer()
    {
        auto facts = m_ledger->server();
        QVERIFY(facts);
        QVERIFY(facts->isLab);
        QCOMPARE(facts->timeZone, QStringLiteral("UTC"));
        QCOMPARE(facts->synchronousCommit, QStringLiteral("on"));
        QVERIFY(facts->trackCommitTimestamp);
        QVERIFY(facts->maxConnections > 100);
    }

    void sessionsAreInUtcWhateverTheServersZone()
    {
        runSql(m_database, QStringLiteral("ALTER DATABASE \"%1\" SET TimeZone = 'Asia/Kathmandu'")
                               .arg(m_ledger->server()->database));
        auto ledger = postgres::openLedger(m_database);
        QVERIFY(ledger);
        QCOMPARE((*ledger)->server()->timeZone, QStringLiteral("UTC"));
        const UserId user = id(QStringLiteral("u"));
        QVERIFY((*ledger)->createUser({.id = user}));
        auto receipt = (*ledger)->post(topUp(user, Credits::of(5), newTransactionKey()));
        QVERIFY(qAbs(receipt->at.micros - Instant::now().micros) < 60'000'000);
    }

private:
    TestServer m_server;
    Connection m_database;
    std::unique_ptr<Ledger> m_ledger;
};

QTEST_GUILESS_MAIN(TestPostgresLedger)
#include "tst_postgresledger.moc"
