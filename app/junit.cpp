// SPDX-License-Identifier: GPL-3.0-or-later
//! Writes the JUnit elements that build servers agree on.
#include "app/junit.h"

#include "app/output.h"

#include <QtCore/QXmlStreamWriter>

namespace tallystick {

namespace {

enum class Ending { Passed, Failed, Errored };

struct Case
{
    QString name;
    Ending ending = Ending::Passed;
    QString message;
};

QString messageOf(const InvariantResult& result)
{
    QString message =
        QStringLiteral("%1 of %2 violated").arg(result.violations).arg(result.checked);
    if (!result.examples.isEmpty())
        message += QStringLiteral("; first: customer %1, key %2, %3")
                       .arg(result.examples.first().user.text(), result.examples.first().key.text(),
                            result.examples.first().what);
    return message;
}

QList<Case> casesOf(const Report& report)
{
    QList<Case> cases;
    for (const InvariantResult& result : report.invariants) {
        const Ending ending = result.validity == Validity::Valid     ? Ending::Passed
                              : result.validity == Validity::Invalid ? Ending::Failed
                                                                     : Ending::Errored;
        cases << Case{.name = result.id + QLatin1Char(' ') + result.name,
                      .ending = ending,
                      .message = messageOf(result)};
    }
    for (const ThresholdResult& threshold : report.thresholds)
        cases << Case{.name = threshold.text,
                      .ending = threshold.met ? Ending::Passed : Ending::Failed,
                      .message = QStringLiteral("measured %1").arg(threshold.value)};
    // A verdict may be unknown though no single check is, e.g. when the server was down.
    cases << Case{.name = QStringLiteral("verdict"),
                  .ending = report.verdict == Verdict::Pass      ? Ending::Passed
                            : report.verdict == Verdict::Unknown ? Ending::Errored
                                                                 : Ending::Failed,
                  .message = report.reasons.join(QStringLiteral("; "))};
    return cases;
}

qsizetype countOf(const QList<Case>& cases, Ending ending)
{
    return std::count_if(cases.begin(), cases.end(),
                         [ending](const Case& one) { return one.ending == ending; });
}

void write(QXmlStreamWriter& xml, const Report& report)
{
    const QList<Case> cases = casesOf(report);
    const QString suite =
        QStringLiteral("%1 (%2)").arg(report.scenario.name, nameOf(report.scenario.target.way));
    xml.writeStartElement(QStringLiteral("testsuite"));
    xml.writeAttribute(QStringLiteral("name"), printable(suite));
    xml.writeAttribute(QStringLiteral("tests"), QString::number(cases.size()));
    xml.writeAttribute(QStringLiteral("failures"), QString::number(countOf(cases, Ending::Failed)));
    xml.writeAttribute(QStringLiteral("errors"), QString::number(countOf(cases, Ending::Errored)));
    xml.writeAttribute(QStringLiteral("time"), QString::number(report.seconds, 'f', 3));
    for (const Case& one : cases) {
        xml.writeStartElement(QStringLiteral("testcase"));
        xml.writeAttribute(QStringLiteral("classname"), printable(suite));
        xml.writeAttribute(QStringLiteral("name"), printable(one.name));
        if (one.ending != Ending::Passed) {
            xml.writeStartElement(one.ending == Ending::Failed ? QStringLiteral("failure")
                                                               : QStringLiteral("error"));
            xml.writeAttribute(QStringLiteral("message"), printable(one.message));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
    xml.writeEndElement();
}

} // namespace

QByteArray junitReport(const QList<Report>& reports)
{
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement(QStringLiteral("testsuites"));
    for (const Report& report : reports)
        write(xml, report);
    xml.writeEndElement();
    xml.writeEndDocument();
    return bytes;
}

} // namespace tallystick
