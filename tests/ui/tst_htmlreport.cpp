// SPDX-License-Identifier: GPL-3.0-or-later
//! The HTML report is whole, escaped, self-contained and says what the run came to.
#include "tests/ui/sampleruns.h"
#include "ui/report/htmlreport.h"
#include "ui/report/runwords.h"
#include "ui/report/svgchart.h"

#include <QtCore/QXmlStreamReader>
#include <QtTest/QtTest>

using namespace tallystick;

namespace {

/// All text of the page, and every attribute that could fetch or run something.
struct ReadPage
{
    QString text, trouble;
    QStringList ids, links, references, elements;
};

ReadPage read(const QByteArray& html)
{
    ReadPage page;
    QXmlStreamReader xml(html);
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement()) {
            page.elements.append(xml.name().toString());
            for (const QXmlStreamAttribute& each : xml.attributes()) {
                if (each.name() == QLatin1String("id"))
                    page.ids.append(each.value().toString());
                if (each.name() == QLatin1String("href"))
                    page.links.append(each.value().toString());
                if (each.name() == QLatin1String("src") || each.name().startsWith(u"on"))
                    page.references.append(each.value().toString());
            }
        } else if (xml.isCharacters()) {
            page.text += xml.text();
        }
    }
    if (xml.hasError())
        page.trouble = QStringLiteral("line %1: %2").arg(xml.lineNumber()).arg(xml.errorString());
    return page;
}

/// Everything a person or a database can put into a text that reaches the page.
const QString nasty =
    QStringLiteral("</td><script>alert('x')</script>&amp; \"q\" %1 %2 \u202eabc 🦊");

Report nastyReport()
{
    Report report = samples::violatedReport();
    report.scenario.name = nasty;
    report.scenario.title = nasty;
    report.scenario.description = nasty + QChar(7) + QChar(0);
    report.reasons = {nasty};
    report.server.place = nasty;
    report.server.database = nasty;
    report.keptUsers = {nasty};
    report.thresholds = {{.text = nasty, .met = false, .value = 3}};
    report.live.refusedBy = {{nasty, 3}};
    report.live.timeline[0].outcome = nasty;
    report.live.timeline[0].detail = nasty;
    report.lockQueue[0].waitEvent = nasty;
    report.lockQueue[0].waiterName = nasty;
    report.byOperation.insert(nasty, {});
    report.invariants[3].name = nasty;
    report.invariants[3].id = nasty;
    report.invariants[3].examples[0].what = nasty;
    report.chains[0].user = samples::user(nasty);
    report.chains[0].rows[0].key = samples::key(nasty);
    return report;
}

} // namespace

class tst_HtmlReport final : public QObject
{
    Q_OBJECT

private slots:
    void isWellFormed_data()
    {
        QTest::addColumn<Report>("report");
        QTest::newRow("pass") << samples::passReport();
        QTest::newRow("violated") << samples::violatedReport();
        QTest::newRow("unknown") << samples::unknownReport();
        QTest::newRow("nothing in it") << Report{};
        QTest::newRow("nasty texts") << nastyReport();
        Report five = samples::passReport();
        five.live = samples::smallSnapshot(500);
        QTest::newRow("500 operations") << five;
        Report long600 = samples::passReport();
        long600.live = samples::longSnapshot(600);
        QTest::newRow("600 points") << long600;
    }

    void isWellFormed()
    {
        QFETCH(Report, report);
        const QByteArray html = htmlReport(report);
        QVERIFY(html.startsWith("<!DOCTYPE html>"));
        const ReadPage page = read(html);
        QVERIFY2(page.trouble.isEmpty(), qPrintable(page.trouble));
        QVERIFY2(QString::fromUtf8(html).toUtf8() == html, "the page is UTF-8");
    }

    void fetchesNothingAndRunsNothing()
    {
        const ReadPage page = read(htmlReport(nastyReport()));
        QVERIFY(!page.elements.contains(QStringLiteral("script")));
        QVERIFY(!page.elements.contains(QStringLiteral("link")));
        QVERIFY(!page.elements.contains(QStringLiteral("img")));
        QVERIFY2(page.references.isEmpty(), qPrintable(page.references.join(u' ')));
        QVERIFY(page.links.isEmpty());
    }

    void keepsNastyTextsAsTexts()
    {
        const ReadPage page = read(htmlReport(nastyReport()));
        // Title, description, reason, threshold, user, key …: each stands there letter by letter.
        QVERIFY(page.text.count(nasty) >= 8);
    }

    void dropsControlCharacters()
    {
        QCOMPARE(escaped(QStringLiteral("a\tb\n") + QChar(0) + QChar(0x1b) + QChar(0xFFFE)),
                 QStringLiteral("a\tb\n"));
        QCOMPARE(escaped(QStringLiteral("<a b=\"c\">&")),
                 QStringLiteral("&lt;a b=&quot;c&quot;&gt;&amp;"));
    }

    void saysTheVerdictAndWhy()
    {
        const ReadPage pass = read(htmlReport(samples::passReport()));
        QVERIFY(pass.text.contains(QLatin1String("PASS")));
        QVERIFY(!pass.text.contains(QLatin1String("VIOLATED")));
        QVERIFY(!pass.text.contains(QLatin1String("Counter-examples")));

        const ReadPage violated = read(htmlReport(samples::violatedReport()));
        QVERIFY(violated.text.contains(QLatin1String("VIOLATED")));
        QVERIFY(violated.text.contains(QLatin1String("R4 Chain unbroken: 1 of 10 violated.")));
        QVERIFY(violated.text.contains(QLatin1String("Counter-examples")));
        QVERIFY(violated.text.contains(QLatin1String("key-3")));
        QVERIFY(violated.text.contains(QLatin1String("$6.00")));
        QVERIFY(violated.text.contains(QLatin1String("Rows of the users concerned")));
        QVERIFY(htmlReport(samples::violatedReport()).contains("<tr class=\"wrong\">"));

        const ReadPage unknown = read(htmlReport(samples::unknownReport()));
        QVERIFY(unknown.text.contains(QLatin1String("UNKNOWN")));
        QVERIFY(unknown.text.contains(QLatin1String("The server was not reachable at the end")));
        QVERIFY(unknown.text.contains(QLatin1String("8 checks could not be decided: R1 ")));

        Report idle = samples::passReport();
        idle.invariants[6].checked = 0;
        const QByteArray page = htmlReport(idle);
        QCOMPARE(page.count("<span class=\"chip idle\">nothing to check</span>"), 1);
        QCOMPARE(page.count("<span class=\"chip valid\">valid</span>"), 7);
    }

    void drawsTheChartsItHasNumbersFor()
    {
        const QByteArray small = htmlReport(samples::passReport());
        QCOMPARE(small.count("class=\"hatched "), 0);           // the outcome's class comes first
        QVERIFY(small.count("<rect class=\"wait o-ok\"") == 9); // the first waited for nobody
        QVERIFY(small.count("<rect class=\"work o-ok\"") == 10);
        const QByteArray large = htmlReport(samples::unknownReport());
        QVERIFY(!large.contains("Operations by worker"));
        QVERIFY(large.count("<polyline") >= 10);
    }

    void tellsHowToRunItAgain()
    {
        Report report = samples::passReport();
        QCOMPARE(replayCommand(report),
                 QStringLiteral("tallystick stress run concurrent-spends --way function "
                                "--clients 10 --operations 10 --seed 42"));
        report.scenario = samples::longScenario();
        report.scenario.seconds = 2.5;
        report.scenario.target.way = Way::RowLock;
        QCOMPARE(replayCommand(report),
                 QStringLiteral("tallystick stress run hot-customer --way row-lock --clients 32 "
                                "--seconds 2.5 --seed 42"));
        report.scenario.name = QStringLiteral("it's; rm -rf %3");
        QVERIFY(replayCommand(report).contains(QLatin1String("run 'it'\\''s; rm -rf %3' --way")));
        report.scenario.target.fault = Fault::NoLock;
        QCOMPARE(replayCommand(report), QStringLiteral("tallystick stress controls"));
    }

    void linksEveryRunOfASuite()
    {
        const QByteArray html = htmlReport(
            QList<Report>{samples::passReport(), samples::violatedReport(), nastyReport()});
        const ReadPage page = read(html);
        QVERIFY2(page.trouble.isEmpty(), qPrintable(page.trouble));
        QCOMPARE(page.links.size(), 3);
        for (const QString& link : page.links)
            QVERIFY2(page.ids.contains(link.mid(1)), qPrintable(link));
        QVERIFY(page.text.contains(QStringLiteral("2 VIOLATED · 1 PASS")));
    }

    void holdsAnEmptySuite()
    {
        const ReadPage page = read(htmlReport(QList<Report>{}));
        QVERIFY2(page.trouble.isEmpty(), qPrintable(page.trouble));
    }

    void saysCountsAsCountsAndMoneyAsMoney()
    {
        const Example outcome{.user = {},
                              .key = {},
                              .expected = Credits::of(10),
                              .found = Credits::of(9),
                              .what = QStringLiteral("ok")};
        QCOMPARE(exampleValue(outcome, outcome.expected), QStringLiteral("10"));
        const Example balance{.user = {},
                              .key = {},
                              .expected = Credits::of(1000),
                              .found = {},
                              .what = QStringLiteral("balance")};
        QCOMPARE(exampleValue(balance, balance.expected), QStringLiteral("$10.00"));
        QCOMPARE(exampleValue(balance, balance.found), QStringLiteral("–"));
        QCOMPARE(exampleWords(QStringLiteral("CreditsInsufficient")),
                 QStringLiteral("operations refused: credits insufficient"));
        QCOMPARE(exampleWords(QStringLiteral("somethingNew")), QStringLiteral("something new"));
    }
};

QTEST_GUILESS_MAIN(tst_HtmlReport)
#include "tst_htmlreport.moc"
