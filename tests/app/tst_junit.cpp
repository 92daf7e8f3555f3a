// SPDX-License-Identifier: GPL-3.0-or-later
//! A build server reads from the JUnit file what failed and why.
#include "app/junit.h"

#include <QtCore/QXmlStreamReader>
#include <QtTest/QtTest>

using namespace tallystick;

namespace {

struct Element
{
    QString name;
    QXmlStreamAttributes attributes;
    [[nodiscard]] QString value(const char* attribute) const
    {
        return attributes.value(QLatin1String(attribute)).toString();
    }
};

QList<Element> elementsOf(const QByteArray& xml)
{
    QList<Element> elements;
    QXmlStreamReader reader(xml);
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::StartElement)
            elements << Element{reader.name().toString(), reader.attributes()};
    if (reader.hasError())
        qFatal("not well-formed: %s", qPrintable(reader.errorString()));
    return elements;
}

int countOf(const QList<Element>& elements, const char* name)
{
    return int(std::count_if(elements.begin(), elements.end(), [name](const Element& element) {
        return element.name == QLatin1String(name);
    }));
}

Report passing()
{
    Report report;
    report.verdict = Verdict::Pass;
    report.scenario.name = QStringLiteral("exact-balance");
    report.seconds = 1.25;
    report.invariants = {{.id = QStringLiteral("R1"), .name = QStringLiteral("no lost answer")},
                         {.id = QStringLiteral("R4"), .name = QStringLiteral("chain")}};
    report.thresholds = {{.text = QStringLiteral("response.p99 < 50ms"), .met = true, .value = 3}};
    return report;
}

} // namespace

class tst_JUnit final : public QObject
{
    Q_OBJECT

private slots:
    void writesACaseForEachCheck();
    void tellsFailuresFromErrors();
    void escapesWhatARunCanHold();
};

void tst_JUnit::writesACaseForEachCheck()
{
    const QList<Element> elements = elementsOf(junitReport({passing(), passing()}));
    QCOMPARE(countOf(elements, "testsuite"), 2);
    QCOMPARE(countOf(elements, "testcase"), 8);
    QCOMPARE(countOf(elements, "failure"), 0);
    QCOMPARE(countOf(elements, "error"), 0);
    QCOMPARE(elements[1].value("name"), QStringLiteral("exact-balance (function)"));
    QCOMPARE(elements[1].value("tests"), QStringLiteral("4"));
    QCOMPARE(elements[1].value("time"), QStringLiteral("1.250"));
}

void tst_JUnit::tellsFailuresFromErrors()
{
    Report report = passing();
    report.verdict = Verdict::Violated;
    report.reasons = {QStringLiteral("R4 chain: 2 violations")};
    report.invariants[0].validity = Validity::Unknown;
    report.invariants[1].validity = Validity::Invalid;
    report.invariants[1].violations = 2;
    report.invariants[1].examples = {{.user = *UserId::from(QStringLiteral("ann")),
                                      .key = *TransactionKey::from(QStringLiteral("k1")),
                                      .what = QStringLiteral("fork")}};
    report.thresholds[0].met = false;
    const QList<Element> elements = elementsOf(junitReport({report}));
    QCOMPARE(elements[1].value("failures"), QStringLiteral("3")); // R4, threshold, verdict
    QCOMPARE(elements[1].value("errors"), QStringLiteral("1"));
    QCOMPARE(countOf(elements, "failure"), 3);
    QCOMPARE(countOf(elements, "error"), 1);
    const auto failure = std::find_if(elements.begin(), elements.end(), [](const Element& element) {
        return element.name == QLatin1String("failure");
    });
    QVERIFY(failure->value("message").contains(QStringLiteral("k1")));
}

void tst_JUnit::escapesWhatARunCanHold()
{
    Report report = passing();
    report.scenario.name = QStringLiteral("<a> & \"b\" \x01 雪");
    const QList<Element> elements = elementsOf(junitReport({report}));
    QCOMPARE(elements[1].value("name"), QStringLiteral("<a> & \"b\"   雪 (function)"));
}

QTEST_GUILESS_MAIN(tst_JUnit)
#include "tst_junit.moc"
