// SPDX-License-Identifier: GPL-3.0-or-later
//! The lab schema: laid once, in order, guarded, and agreeing with the program's own tables.
#include "ledger/core/error.h"
#include "ledger/core/transactiontype.h"
#include "ledger/postgres/open.h"
#include "tests/support/testserver.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtTest/QTest>

using namespace tallystick;

class TestSchema final : public QObject
{
    Q_OBJECT
private slots:
    void isLaidTwiceWithoutChange()
    {
        const Connection database = m_server.createEmptyDatabase();
        QVERIFY(postgres::layLabSchema(database));
        const QString count = QStringLiteral("SELECT count(*) FROM tallystick.migration");
        const QString first = sql(database, count);
        QVERIFY(postgres::layLabSchema(database));
        QCOMPARE(sql(database, count), first);
        QCOMPARE(sql(database, QStringLiteral("SELECT count(*) FROM tallystick.marker")),
                 QStringLiteral("1"));
    }

    void refusesALedgerWithoutTheMarker()
    {
        const Connection database = m_server.createEmptyDatabase();
        runSql(database, QStringLiteral("CREATE SCHEMA platform"));
        const Outcome laid = postgres::layLabSchema(database);
        QVERIFY(laid.failure());
        QCOMPARE(laid.failure()->kind, Failure::Kind::SchemaMismatch);
        QCOMPARE(sql(database, QStringLiteral("SELECT to_regnamespace('tallystick') IS NULL")),
                 QStringLiteral("t"));
    }

    void refusesAMigrationThatWasChanged()
    {
        const Connection database = m_server.createDatabase();
        runSql(database, QStringLiteral("UPDATE tallystick.migration SET sha256 = 'other' "
                                        "WHERE number = 2"));
        const Outcome laid = postgres::layLabSchema(database);
        QVERIFY(laid.failure());
        QCOMPARE(laid.failure()->kind, Failure::Kind::SchemaMismatch);
        QVERIFY(laid.failure()->statement.startsWith(QLatin1String("002")));
    }

    void refusesALabOfANewerVersion()
    {
        const Connection database = m_server.createDatabase();
        runSql(database, QStringLiteral("INSERT INTO tallystick.migration (number, name, sha256) "
                                        "VALUES (900, 'later', 'x')"));
        const Outcome laid = postgres::layLabSchema(database);
        QVERIFY(laid.failure());
        QCOMPARE(laid.failure()->kind, Failure::Kind::SchemaMismatch);
    }

    void guardsTheHistory_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("sqlState");
        const QString table = QStringLiteral("platform.\"CreditTransaction\"");
        const QString guarded = QStringLiteral("LGX01");
        QTest::newRow("editing an amount")
            << QStringLiteral("UPDATE %1 SET amount = 1 WHERE \"transactionKey\" = 'k'").arg(table)
            << guarded;
        QTest::newRow("deactivating")
            << QStringLiteral("UPDATE %1 SET \"isActive\" = false, sequence = NULL "
                              "WHERE \"transactionKey\" = 'k'")
                   .arg(table)
            << guarded;
        QTest::newRow("deleting") << QStringLiteral("DELETE FROM %1").arg(table) << guarded;
        QTest::newRow("truncating") << QStringLiteral("TRUNCATE %1").arg(table) << guarded;
        QTest::newRow("activating a pending row")
            << QStringLiteral("UPDATE %1 SET \"isActive\" = true, sequence = 2 "
                              "WHERE \"transactionKey\" = 'p'")
                   .arg(table)
            << QString();
        QTest::newRow("removing the test user")
            << QStringLiteral("SELECT tallystick.remove_users('{u}')") << QString();
        QTest::newRow("a pending row with a sequence")
            << QStringLiteral("INSERT INTO %1 (\"transactionKey\", \"userId\", amount, type, "
                              "\"isActive\", sequence) VALUES ('x', 'u', 1, 'GRANT', false, 9)")
                   .arg(table)
            << QStringLiteral("23514");
        QTest::newRow("metadata that is no object")
            << QStringLiteral("INSERT INTO %1 (\"transactionKey\", \"userId\", amount, type, "
                              "metadata) VALUES ('x', 'u', 1, 'GRANT', '[]')")
                   .arg(table)
            << QStringLiteral("23514");
    }
    void guardsTheHistory()
    {
        QFETCH(QString, statement);
        QFETCH(QString, sqlState);
        const Connection database = m_server.createDatabase();
        runSql(
            database,
            QStringLiteral("INSERT INTO platform.\"User\" (id, email) VALUES ('u', 'u@x');"
                           "INSERT INTO platform.\"CreditTransaction\" (\"transactionKey\", "
                           "\"userId\", amount, "
                           "type, \"isActive\", sequence) VALUES ('k', 'u', 5, 'GRANT', true, 1), "
                           "('p', 'u', 5, 'GRANT', false, NULL)"));
        QCOMPARE(sqlStateOf(database, statement), sqlState);
    }

    void keepsBalanceUpdatesHeapOnly()
    {
        const Connection database = m_server.createDatabase();
        QCOMPARE(sql(database, QStringLiteral("SELECT count(*) FROM pg_index WHERE indrelid = "
                                              "'platform.\"UserBalance\"'::regclass")),
                 QStringLiteral("1")); // on "userId" only: no update touches an index
    }

    void knowsTheSameTypesAsTheProgram()
    {
        const Connection database = m_server.createDatabase();
        QStringList labels;
        for (const TransactionType type : writableTypes)
            labels.append(labelOf(type));
        QCOMPARE(
            sql(database,
                QStringLiteral("SELECT string_agg(e::text, ',' ORDER BY e) FROM "
                               "unnest(enum_range(NULL::platform.\"CreditTransactionType\")) e")),
            labels.join(QLatin1Char(',')));
    }

    void answersOnlyCodesTheProgramKnows()
    {
        QFile file(QStringLiteral(":/tallystick/sql/schema/003_posting.sql"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString text = QString::fromUtf8(file.readAll());
        static const QRegularExpression code(QStringLiteral("'(LG\\d{3})'"));
        QStringList found;
        for (auto match = code.globalMatch(text); match.hasNext();)
            found.append(match.next().captured(1));
        found.removeDuplicates();
        QVERIFY(found.size() >= 10);
        for (const QString& one : found)
            QVERIFY2(refusalWithCode(one), qPrintable(one));
    }

private:
    TestServer m_server;
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
