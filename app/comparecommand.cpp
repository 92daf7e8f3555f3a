// SPDX-License-Identifier: GPL-3.0-or-later
//! stress compare: two reports read back and laid over each other.
#include "app/answers.h"
#include "app/commands.h"
#include "app/reportfiles.h"
#include "ledger/stress/reportreader.h"
#include "ui/report/comparisonpage.h"
#include "ui/report/runwords.h"
#include "ui/shared/words.h"

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>

namespace tallystick {

namespace {

struct Unread
{
    QString sentence;
    ExitCode exitCode;
};

std::variant<Report, Unread> readReport(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Unread{QStringLiteral("%1: %2").arg(path, file.errorString()), ExitCode::Failed};
    const QByteArray content = file.read(largestReportBytes + 1);
    if (content.size() > largestReportBytes)
        return Unread{QStringLiteral("%1: larger than any report of one run").arg(path),
                      ExitCode::WrongUsage};
    auto parsed = parseReport(content);
    if (const auto* error = std::get_if<ScenarioError>(&parsed))
        return Unread{QStringLiteral("%1: %2expected %3, found %4")
                          .arg(path,
                               error->path.isEmpty() ? QString()
                                                     : QStringLiteral("\"%1\": ").arg(error->path),
                               error->expected, error->found),
                      ExitCode::WrongUsage};
    return std::get<Report>(std::move(parsed));
}

QString lineOf(const QString& letter, const Report& report)
{
    return QStringLiteral("%1  %2, %3: %4")
        .arg(letter, report.scenario.name, loadSentence(report.scenario),
             words::word(report.verdict));
}

QString textOf(const Comparison& comparison)
{
    QStringList parts;
    QList<QStringList> rows;
    for (const Difference& difference : comparison.differences)
        rows << QStringList{differenceName(difference), difference.a, difference.b};
    if (!rows.isEmpty())
        parts << textTable({{.title = QStringLiteral("different")},
                            {.title = QStringLiteral("A")},
                            {.title = QStringLiteral("B")}},
                           rows);
    rows.clear();
    for (const ComparedNumber& number : comparison.numbers)
        rows << QStringList{comparedName(number), comparedValue(number, number.a),
                            comparedValue(number, number.b), comparedChange(number)};
    parts << textTable({{.title = QStringLiteral("number")},
                        {.title = QStringLiteral("A"), .isNumber = true},
                        {.title = QStringLiteral("B"), .isNumber = true},
                        {.title = QStringLiteral("A to B"), .isNumber = true}},
                       rows);
    parts << comparisonCaveat();
    return parts.join(QStringLiteral("\n\n"));
}

} // namespace

ExitCode runStressCompare(const StressCompareOptions& options, Console& console)
{
    QList<Report> reports;
    for (const QString& path : {options.a, options.b}) {
        auto read = readReport(path);
        if (const auto* unread = std::get_if<Unread>(&read)) {
            console.say(printable(unread->sentence));
            return unread->exitCode;
        }
        reports << std::get<Report>(std::move(read));
    }
    const AnswerContext failing{.doing = words::Doing::Reading, .json = false, .facts = {}};
    auto files = openReportFiles(options.files);
    if (!files)
        return answerError(console, files.error(), failing);
    const Comparison comparison = comparisonOf(reports[0], reports[1]);
    console.print(QStringLiteral("%1\n%2\n\n%3")
                      .arg(lineOf(QStringLiteral("A"), reports[0]),
                           lineOf(QStringLiteral("B"), reports[1]), textOf(comparison)));
    Outcome written = files->json.write(QJsonDocument(document(toJson(comparison))).toJson());
    if (written && files->html.isWanted())
        written = files->html.write(comparisonPage(reports[0], reports[1]));
    return written ? ExitCode::Done : answerError(console, written.error(), failing);
}

} // namespace tallystick
