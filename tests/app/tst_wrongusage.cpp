// SPDX-License-Identifier: GPL-3.0-or-later
//! Every wrong usage of the command line is named.
#include "tests/app/commandline.h"

#include <QtTest/QtTest>

using namespace tallystick;

class tst_WrongUsage final : public QObject
{
    Q_OBJECT

private slots:
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void makesNoCustomerOfSpaces();
    void refusesWhatALaterVersionBrings_data();
    void refusesWhatALaterVersionBrings();
    void hintsAtTheVerbThatWasMeant();
};

void tst_WrongUsage::namesWhatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("named");
    const auto row = [](const char* text, const char* named) {
        QTest::newRow(*text ? text : "nothing")
            << QString::fromUtf8(text) << QString::fromUtf8(named);
    };
    row("frobnicate", "\"frobnicate\"");
    row("lab", "start, stop, status");
    row("lab dance", "\"lab dance\"");
    row("user", "create, show");
    row("stress", "list, schema, run, suite, controls");
    row("stress sing", "\"stress sing\"");
    row("users extra", "\"extra\"");
    row("users --colour red", "\"--colour\"");
    row("users -x", "\"-x\"");
    row("users --limit", "--limit needs a value");
    row("users --limit --json", "--limit needs a value");
    row("users --limit 0", "--limit must be a whole number from 1 to 10000");
    row("users --limit 10001", "--limit");
    row("users --limit five", "\"five\"");
    row("users --limit 1.5", "\"1.5\"");
    row("users --json --json", "--json is given twice");
    row("users --json=yes", "--json takes no value");
    row("users --after !!!", "--after");
    row("user create", "ID is missing");
    row("user create ann --email ann", "\"ann\" is not an e-mail address");
    row("user create ann --email @x", "\"@x\" is not an e-mail address");
    row("user create ann --email ''", "\"\" is not an e-mail address");
    row("user show", "ID is missing");
    row("user show a b", "\"b\"");
    row("history", "ID is missing");
    row("history u --type PRESENT", "\"PRESENT\"");
    row("history u --type OTHER", "TOP_UP");
    row("history u --json --csv", "exclude each other");
    row("history u --before not-a-cursor!", "--before");
    row("balance u --at yesterday", "\"yesterday\"");
    row("balance u --at 2026-02-30", "\"2026-02-30\"");
    row("balance u --at 2026-05-01T25:00:00Z", "--at");
    row("top-up u", "AMOUNT is missing");
    row("top-up u 5", "--reason TEXT is missing");
    row("top-up u 5 --reason ''", "--reason is empty");
    row("top-up u abc --reason r", "\"abc\"");
    row("top-up u '' --reason r", "empty amount");
    row("top-up u 1.5 --reason r", "\"1.5\"");
    row("top-up u 1e3 --reason r", "\"1e3\"");
    row("top-up u 0x10 --reason r", "\"0x10\"");
    row("top-up u 1,000 --reason r", "\"1,000\"");
    row("top-up u +5 --reason r", "\"+5\"");
    row("top-up u --reason r -- --five", "whole number");
    row("top-up u 9223372036854775808 --reason r", "beyond what 64 bits hold");
    row("top-up u -9223372036854775809 --reason r", "beyond what 64 bits hold");
    row("top-up u ٥ --reason r", "whole number of credits");
    row("top-up u 5 --ceiling x --reason r", "--ceiling");
    row("spend u", "AMOUNT is missing");
    row("spend u 5 --ceiling 7", "\"--ceiling\"");
    row("reward u WELCOME", "AMOUNT is missing");
    row("reward u 500", "AMOUNT is missing");
    row("refund u p 5", "--reason TEXT is missing");
    row("refund u p --reason r", "AMOUNT is missing");
    row("reverse u --reason r", "KEY is missing");
    row("activate u", "KEY is missing");
    row("verify", "either an ID or --all");
    row("verify u --all", "either an ID or --all");
    row("lab seed --users 5", "--transactions M is missing");
    row("lab seed --users -1 --transactions 5", "--users");
    row("lab seed --users 1 --transactions 5 --seed -1", "--seed");
    row("users --connection prod", "\"prod\"");
    row("users --connection ''", "no connection named");
    row("users --data ''", "--data names no directory");
    row("stress run", "NAME|FILE.json is missing");
    row("stress run ''", "name is empty");
    row("stress run x --way sideways", "row-lock, function");
    row("stress run x --clients 0", "--clients");
    row("stress run x --clients 1001", "--clients");
    row("stress run x --rate 0", "--rate");
    row("stress run x --rate 10000000", "--rate");
    row("stress run x --rate fast", "--rate");
    row("stress run x --seconds 0", "--seconds");
    row("stress run x --seconds -1", "--seconds");
    row("stress run x --seconds nan", "--seconds");
    row("stress run x --seconds 2 --operations 3", "exclude each other");
    row("stress run x --operations 0", "--operations");
    row("stress run x --json", "--json needs a value");
    row("stress run x --json a --html a", "named for two reports");
    row("stress run x --json ''", "--json names no file");
    row("stress suite x", "\"x\"");
    row("stress suite --clients 4", "\"--clients\"");
    row("pictures", "--output DIR is missing");
    row("pictures --output d --theme blue", "light, dark");
    row("pictures --output d --size big", "--size");
    row("pictures --output d --size 100x100", "--size");
    row("pictures --output d --scale 3", "--scale");
    row("tallystick://user/", "not a link");
    row("tallystick://payment/7", "not a link");
    row("--page nowhere", "customers, stress");
}

void tst_WrongUsage::namesWhatIsWrong()
{
    QFETCH(const QString, text);
    QFETCH(const QString, named);
    const QString sentence = wrongSentence(line(text.toUtf8().constData()));
    QVERIFY2(!sentence.isEmpty(), "it was accepted");
    QVERIFY2(sentence.contains(named), qPrintable(sentence));
    QVERIFY2(sentence.endsWith(QLatin1Char('.')), qPrintable(sentence));
}

void tst_WrongUsage::makesNoCustomerOfSpaces()
{
    for (const QString& id : {QStringLiteral(" "), QStringLiteral(" \u00a0\u2003 ")})
        QVERIFY(wrongSentence({QStringLiteral("user"), QStringLiteral("create"), id})
                    .contains(QStringLiteral("of spaces only")));
    // One that is there, from elsewhere, can still be looked at.
    QVERIFY(wrongSentence({QStringLiteral("user"), QStringLiteral("show"), QStringLiteral(" ")})
                .isEmpty());
}

void tst_WrongUsage::refusesWhatALaterVersionBrings_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"doctor", "doctor --json", "export u --format csv --output f", "verify-file f", "faults",
          "bulk", "approvals", "audit-log", "stress run x --way combined",
          "stress suite --way combined", "pictures --output d --language de"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void tst_WrongUsage::refusesWhatALaterVersionBrings()
{
    QFETCH(const QString, text);
    const QString sentence = wrongSentence(line(text.toUtf8().constData()));
    QVERIFY2(sentence.contains(QStringLiteral("not available in this version")),
             qPrintable(sentence));
}

void tst_WrongUsage::hintsAtTheVerbThatWasMeant()
{
    const auto result = parseOptions(line("top-up u"));
    const WrongUsage wrong = std::get<WrongUsage>(result);
    QVERIFY(wrong.usage.contains(QStringLiteral("tallystick top-up ID AMOUNT --reason TEXT")));
    QVERIFY(wrong.usage.contains(QStringLiteral("tallystick top-up --help")));
}

QTEST_GUILESS_MAIN(tst_WrongUsage)
#include "tst_wrongusage.moc"
