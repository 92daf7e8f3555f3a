// SPDX-License-Identifier: GPL-3.0-or-later
//! Placeholders are found where PostgreSQL would see one, and only statements that stay put pass.
#include "ledger/core/ownstatements.h"
#include "ledger/core/statementtext.h"

#include <QtTest/QTest>

using namespace tallystick;

class TestStatementText final : public QObject
{
    Q_OBJECT
private slots:
    void findsPlaceholdersOutsideOfWhatIsQuoted_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QStringList>("placeholders");
        const auto row = [](const char* name, const char* text, const char* sql,
                            const QStringList& placeholders) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(sql)
                                << placeholders;
        };
        const QString a = QStringLiteral("a");
        const QString b = QStringLiteral("b");
        row("none", "SELECT 1", "SELECT 1", {});
        row("two", "SELECT :a, :b", "SELECT $1, $2", {a, b});
        row("one twice", "SELECT :a + :b + :a", "SELECT $1 + $2 + $1", {a, b});
        row("a cast", "SELECT :a::int, now()::date", "SELECT $1::int, now()::date", {a});
        row("a cast with room", "SELECT 1 :: int", "SELECT 1 :: int", {});
        row("at the end", "SELECT :a", "SELECT $1", {a});
        row("a final semicolon", "SELECT :a ; \n", "SELECT $1", {a});
        row("text", "SELECT ':a', 'it''s :a', :b", "SELECT ':a', 'it''s :a', $1", {b});
        row("text with escapes", R"(SELECT E'\':a', :b)", R"(SELECT E'\':a', $1)", {b});
        row("no escapes in plain text", R"(SELECT '\', :b)", R"(SELECT '\', $1)", {b});
        row("a name", R"(SELECT ":a", "x"":a" FROM t WHERE :b)",
            R"(SELECT ":a", "x"":a" FROM t WHERE $1)", {b});
        row("dollar quotes", "SELECT $$:a$$, $x$ $$:a$$ $x$, :b",
            "SELECT $$:a$$, $x$ $$:a$$ $x$, $1", {b});
        row("a comment to the end", "SELECT :a -- :b\n+ 1", "SELECT $1  + 1", {a});
        row("a comment at the end", "SELECT :a -- :b", "SELECT $1", {a});
        row("nested comments", "SELECT /* :a /* ; */ ' */ :b", "SELECT   $1", {b});
        row("a semicolon in text", "SELECT ';', :a", "SELECT ';', $1", {a});
        row("underscores and digits", "SELECT :a_1", "SELECT $1", {QStringLiteral("a_1")});
        row("a slice of numbers", "SELECT (array[1,2])[1:2]", "SELECT (array[1,2])[1:2]", {});
        row("a name with a dollar sign", "SELECT x$ FROM t", "SELECT x$ FROM t", {});
        row("line ends", "SELECT\n:a", "SELECT\n$1", {a});
    }

    void findsPlaceholdersOutsideOfWhatIsQuoted()
    {
        QFETCH(QString, text);
        QFETCH(QString, sql);
        QFETCH(QStringList, placeholders);
        const auto read = readStatement(text);
        const auto* const flaw = std::get_if<StatementFlaw>(&read);
        QVERIFY2(!flaw, flaw ? qPrintable(flaw->expected) : "");
        QCOMPARE(std::get<StatementText>(read).sql, sql);
        QCOMPARE(std::get<StatementText>(read).placeholders, placeholders);
    }

    void refusesWhatIsNoStep_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("about"); // what the sentence must speak of
        const auto row = [](const char* text, const char* about) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(about);
        };
        for (const char* const leaving :
             {"BEGIN", "START TRANSACTION", "COMMIT", "END", "ROLLBACK", "ABORT", "commit work",
              "SAVEPOINT a", "RELEASE a", "ROLLBACK TO a", "PREPARE TRANSACTION 'x'",
              "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "SET LOCAL TRANSACTION READ ONLY",
              "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "-- x\n COMMIT",
              "/* SELECT */ COMMIT"})
            row(leaving, "stays in its transaction");
        for (const char* const other :
             {"SET lock_timeout = 1", "COPY t FROM stdin", "VACUUM", "CREATE TABLE t ()",
              "DO $$ BEGIN END $$", "DISCARD ALL", "LISTEN x", "selec 1"})
            row(other, "SELECT, INSERT");
        row("SELECT 1; SELECT 2", "one statement");
        row("SELECT 1; COMMIT", "one statement");
        row("SELECT 1;;'x'", "one statement");
        row("", "a statement");
        row(" ;", "a statement");
        row("-- nothing", "a statement");
        row("SELECT 'open", "quotes end");
        row("SELECT \"open", "quotes end");
        row("SELECT $$open", "quotes end");
        row("SELECT E'open\\'", "quotes end");
        row("SELECT /* open /* */", "comments end");
        row("SELECT $1", "placeholders with names");
    }

    void refusesWhatIsNoStep()
    {
        QFETCH(QString, text);
        QFETCH(QString, about);
        const auto read = readStatement(text);
        const auto* const flaw = std::get_if<StatementFlaw>(&read);
        QVERIFY(flaw);
        QVERIFY2(flaw->expected.contains(about), qPrintable(flaw->expected));
    }

    void takesStatementsThatStay_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* const text :
             {"SELECT 1", "insert INTO t VALUES (1)", "UPDATE t SET a = 1", "DELETE FROM t",
              "WITH a AS (SELECT 1) SELECT * FROM a", "VALUES (1)", "TABLE t", "(SELECT 1)",
              "LOCK TABLE t", "CALL p()", "SET LOCAL lock_timeout = 1",
              "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE"})
            QTest::newRow(text) << QString::fromUtf8(text);
    }

    void takesStatementsThatStay()
    {
        QFETCH(QString, text);
        QVERIFY(std::holds_alternative<StatementText>(readStatement(text)));
    }

    void pathsNameMembers()
    {
        QCOMPARE(memberPath(OperationKind::TopUp), QStringLiteral("target.statements.topUp"));
        QCOMPARE(memberPath(OperationKind::Spend, 1),
                 QStringLiteral("target.statements.spend.steps[1]"));
    }
};

QTEST_APPLESS_MAIN(TestStatementText)
#include "tst_statementtext.moc"
