// SPDX-License-Identifier: GPL-3.0-or-later
//! The house rules hold in the whole tree, and each check finds a planted breach.
#include "tests/architecture/conventions.h"
#include "tests/architecture/sourcetree.h"
#include "tests/architecture/sqlschema.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace tallystick;
using namespace Qt::StringLiterals;

namespace {

const QString& root()
{
    static const QString path = QStringLiteral(TALLYSTICK_SOURCE_DIR);
    return path;
}

/// What may be longer than the rule, and why.
Limits houseLimits()
{
    Limits limits;
    return limits;
}

const QStringList& topLevel()
{
    static const QStringList entries{u".ci"_s,
                                     u".clang-format"_s,
                                     u".clang-tidy"_s,
                                     u".editorconfig"_s,
                                     u".gitignore"_s,
                                     u"ARCHITECTURE.md"_s,
                                     u"CHANGELOG.md"_s,
                                     u"CMakeLists.txt"_s,
                                     u"CMakePresets.json"_s,
                                     u"CONTRIBUTING.md"_s,
                                     u"DECISIONS.md"_s,
                                     u"LICENSE"_s,
                                     u"README.md"_s,
                                     u"app"_s,
                                     u"ledger"_s,
                                     u"packaging"_s,
                                     u"resources"_s,
                                     u"tests"_s,
                                     u"ui"_s};
    return entries;
}

/// Tables whose unique keys need no "userId": what they hold belongs to no user's postings, so a
/// distributed database keeps a copy of them everywhere, or it is keyed by the user itself.
bool isKeyedOtherwise(const UniqueKey& key)
{
    static const QHash<QString, QStringList> allowed{
        {u"User"_s, {u"id"_s, u"email"_s}},    // the user itself: id is the distribution key
        {u"CreditRefundRequest"_s, {u"id"_s}}, // the reference's own shape; never posted to
        {u"marker"_s, {u"id"_s}},              // one row: this database is a lab
        {u"migration"_s, {u"number"_s}}};      // one row for each migration
    return key.columns.size() == 1 && allowed.value(key.table).contains(key.columns.first());
}

QString shown(const QStringList& violations)
{
    return u'\n' + violations.join(u'\n');
}

} // namespace

class tst_Conventions final : public QObject
{
    Q_OBJECT

private slots:
    void everyFileSaysItsLicenceAndPurpose()
    {
        const auto violations = headingViolations(root());
        QVERIFY2(violations.isEmpty(), qPrintable(shown(violations)));
    }

    void nothingIsTooLong()
    {
        const auto violations = lengthViolations(root(), houseLimits());
        QVERIFY2(violations.isEmpty(), qPrintable(shown(violations)));
    }

    void nothingIsMarkedUnfinished()
    {
        const auto violations = unfinishedViolations(root());
        QVERIFY2(violations.isEmpty(), qPrintable(shown(violations)));
    }

    void sqlIsOnlyInSqlFiles()
    {
        const auto violations = sqlViolations(root());
        QVERIFY2(violations.isEmpty(), qPrintable(shown(violations)));
    }

    void topOfTheTreeIsFixed()
    {
        const auto violations = topLevelViolations(root(), topLevel());
        QVERIFY2(violations.isEmpty(), qPrintable(shown(violations)));
    }

    void schemaCanBeDistributedByUser()
    {
        QStringList wrong;
        QStringList tables;
        for (const SourceFile& file :
             sourceFiles(root(), u"resources/sql/schema"_s, {u"*.sql"_s})) {
            const QString sql = file.lines.join(u'\n');
            tables += tablesOf(sql);
            for (const UniqueKey& key : uniqueKeysOf(sql))
                if (!key.columns.contains(u"userId"_s) && !isKeyedOtherwise(key))
                    wrong.append(
                        u"%1: %2 (%3)"_s.arg(file.path, key.table, key.columns.join(u',')));
        }
        QVERIFY2(tables.contains(u"UserBalance"_s) && tables.contains(u"CreditTransaction"_s),
                 qPrintable(tables.join(u' ')));
        QVERIFY2(wrong.isEmpty(), qPrintable(shown(wrong)));
    }

    void findsAPlantedBreach_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("found");
        const QString head =
            u"// SPDX-License-Identifier: GPL-3.0-or-later\n//! A planted file.\n"_s;
        QTest::newRow("no licence")
            << u"ui/x.cpp"_s << u"//\n//! A planted file.\n"_s << u"licence"_s;
        QTest::newRow("no purpose")
            << u"tests/x.cpp"_s << head.section(u'\n', 0, 0) + u"\nint x;\n"_s << u"sentence"_s;
        QTest::newRow("no guard") << u"app/x.h"_s << head << u"pragma"_s;
        QTest::newRow("long file")
            << u"app/x.cpp"_s << head + u"int x;\n"_s.repeated(400) << u"long file"_s;
        QTest::newRow("long line")
            << u"app/x.cpp"_s << head + u"// "_s + u"x"_s.repeated(98) << u"100 columns"_s;
        QTest::newRow("long function")
            << u"app/x.cpp"_s
            << head + u"\nvoid f()\n{\n"_s + u"    g();\n"_s.repeated(71) + u"}\n"_s
            << u"71 lines"_s;
        QTest::newRow("unfinished")
            << u"ledger/core/x.cpp"_s << head + u"// TO"_s + u"DO later\n"_s << u"unfinished"_s;
        QTest::newRow("a statement")
            << u"app/x.cpp"_s << head + u"auto s = \"Select 1 From x\";\n"_s << u"SQL"_s;
        QTest::newRow("a table's name")
            << u"ui/x.cpp"_s << head + u"auto s = \"\\\"UserBalance\\\"\";\n"_s << u"SQL"_s;
        QTest::newRow("a column's name")
            << u"ledger/lab/x.cpp"_s << head + u"auto s = \"\\\"userId\\\"\";\n"_s << u"SQL"_s;
        QTest::newRow("a stray entry") << u"tools/x.txt"_s << QString() << u"tools has no place"_s;
    }

    void findsAPlantedBreach()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(QString, found);
        const QTemporaryDir tree;
        QVERIFY(plant(tree.path(), path, text));
        QStringList violations = headingViolations(tree.path()) +
                                 lengthViolations(tree.path(), Limits()) +
                                 unfinishedViolations(tree.path()) + sqlViolations(tree.path()) +
                                 topLevelViolations(tree.path(), topLevel());
        violations.removeIf([](const QString& line) { return line.contains(u"is missing at"_s); });
        QCOMPARE(violations.size(), 1);
        QVERIFY2(violations.first().contains(found), qPrintable(violations.first()));
    }

    void leavesAloneWhatIsNotABreach()
    {
        const QTemporaryDir tree;
        const QString head =
            u"// SPDX-License-Identifier: GPL-3.0-or-later\n//! A planted file.\n"_s;
        QVERIFY(plant(tree.path(), u"app/x.cpp"_s,
                      head + u"// reads \"UserBalance\"\nstruct X\n{\n"_s +
                          u"    int y;\n"_s.repeated(90) + u"};\nauto s = \"Select a row\";\n"_s));
        QVERIFY(plant(tree.path(), u"build-x/y.h"_s, QString()));
        QCOMPARE(headingViolations(tree.path()), QStringList());
        QCOMPARE(lengthViolations(tree.path(), Limits()), QStringList());
        QCOMPARE(sqlViolations(tree.path()), QStringList());
        QCOMPARE(topLevelViolations(tree.path(), {u"app"_s}), QStringList());
    }

    void readsEveryFormOfUniqueKey_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("key");
        QTest::newRow("column")
            << u"CREATE TABLE platform.\"T\" (a int, \"B c\" text PRIMARY KEY);"_s << u"T(B)"_s;
        QTest::newRow("unique column")
            << u"create table t (a numeric(3,2), b text not null unique)"_s << u"t(b)"_s;
        QTest::newRow("table")
            << u"create table if not exists t (a int, primary key (a, \"userId\"))"_s
            << u"t(a,userId)"_s;
        QTest::newRow("constraint")
            << u"create table t (a int, constraint u unique (a, b))"_s << u"t(a,b)"_s;
        QTest::newRow("index")
            << u"CREATE UNIQUE INDEX i ON platform.\"T\" USING btree (\"x\" DESC, y)"_s
            << u"T(x,y)"_s;
        QTest::newRow("alter") << u"alter table only t add constraint c primary key (z)"_s
                               << u"t(z)"_s;
    }

    void readsEveryFormOfUniqueKey()
    {
        QFETCH(QString, sql);
        QFETCH(QString, key);
        const auto keys = uniqueKeysOf(u"-- create table c (d int unique);\n"_s + sql);
        QCOMPARE(keys.size(), 1);
        QCOMPARE(u"%1(%2)"_s.arg(keys[0].table, keys[0].columns.join(u',')), key);
    }
};

QTEST_GUILESS_MAIN(tst_Conventions)
#include "tst_conventions.moc"
