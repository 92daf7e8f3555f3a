// SPDX-License-Identifier: GPL-3.0-or-later
//! Models and views of the stress page show runs of every size, in words and in pixels.
#include "tests/ui/sampleruns.h"
#include "ui/report/runwords.h"
#include "ui/shared/hairlinetable.h"
#include "ui/shared/theme.h"
#include "ui/stress/batchmodel.h"
#include "ui/stress/chainmodel.h"
#include "ui/stress/chartstack.h"
#include "ui/stress/chartview.h"
#include "ui/stress/countlist.h"
#include "ui/stress/examplesmodel.h"
#include "ui/stress/invariantsmodel.h"
#include "ui/stress/legendline.h"
#include "ui/stress/lockwaitsmodel.h"
#include "ui/stress/numbersmodel.h"
#include "ui/stress/operationsmodel.h"
#include "ui/stress/operationsview.h"
#include "ui/stress/outcomestrip.h"
#include "ui/stress/runview.h"
#include "ui/stress/scenariomodel.h"
#include "ui/stress/timelineview.h"
#include "ui/stress/verdictcard.h"

#include <QtGui/QClipboard>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

using namespace tallystick;

namespace {

using Mode = QAbstractItemModelTester::FailureReportingMode;

QString textAt(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

/// Pixels that are clearly of \a color.
int pixelsOf(const QImage& image, const QColor& color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor at = image.pixelColor(x, y);
            if (qAbs(at.red() - color.red()) < 12 && qAbs(at.green() - color.green()) < 12 &&
                qAbs(at.blue() - color.blue()) < 12)
                ++count;
        }
    }
    return count;
}

QImage imageOf(QWidget& widget)
{
    return widget.grab().toImage();
}

LiveSnapshot allRefused()
{
    LiveSnapshot snapshot = samples::longSnapshot(30);
    for (SeriesPoint& point : snapshot.series) {
        point.refused += point.ok;
        point.ok = 0;
    }
    return snapshot;
}

LiveSnapshot veryLongNames()
{
    LiveSnapshot snapshot = samples::longSnapshot(30);
    snapshot.hottest[0].user = samples::user(QString(500, QLatin1Char('W')));
    snapshot.refusedBy = {{QString(400, QLatin1Char('x')), 3}};
    return snapshot;
}

} // namespace

class tst_StressViews final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void modelsKeepTheirPromises()
    {
        OperationsModel operations;
        NumbersModel numbers;
        InvariantsModel invariants;
        ExamplesModel examples;
        LockWaitsModel waits;
        ChainModel chain;
        BatchModel batch;
        ScenarioModel scenarios;
        ScenarioFilter filter;
        filter.setSourceModel(&scenarios);
        std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
        for (QAbstractItemModel* model : std::initializer_list<QAbstractItemModel*>{
                 &operations, &numbers, &invariants, &examples, &waits, &chain, &batch, &scenarios,
                 &filter})
            testers.push_back(std::make_unique<QAbstractItemModelTester>(model, Mode::QtTest));
        for (const int size : {0, 1, 10, 500, 3, 0}) { // growing, shrinking, empty again
            operations.setTimeline(samples::smallSnapshot(size).timeline);
            QCOMPARE(operations.rowCount(), size);
            numbers.setSeries(samples::longSnapshot(size).series);
            QCOMPARE(numbers.rowCount(), size);
        }
        const Report violated = samples::violatedReport();
        for (const Report& report : {samples::passReport(), violated, Report{}}) {
            invariants.setInvariants(report.invariants);
            examples.setReport(report);
            waits.setWaits(report.lockQueue);
        }
        chain.setChain(violated.chains[0], {QStringLiteral("key-3")});
        scenarios.setScenarios({samples::smallScenario(), samples::longScenario()});
        filter.setWords(QStringLiteral("hot"));
        QCOMPARE(filter.rowCount(), 1);
        filter.setWords(QString());
        scenarios.add(samples::longScenario());
        QCOMPARE(scenarios.rowCount(), 2);
        batch.setJobs({{samples::smallScenario(), {}},
                       {samples::smallScenario(), samples::smallScenario().controls.first()}});
        batch.setStarted(0);
        batch.setResult(0, samples::passReport());
        batch.setResult(1, Failure{.kind = Failure::Kind::NoLabMarker});
    }

    void tellsEachOperation()
    {
        OperationsModel model;
        model.setTimeline(samples::smallSnapshot().timeline);
        QCOMPARE(textAt(model, 2, OperationsModel::Operation), QStringLiteral("Spend"));
        QCOMPARE(textAt(model, 2, OperationsModel::LockWaited), QStringLiteral("2.2 ms"));
        QCOMPARE(textAt(model, 2, OperationsModel::EndedAs), QStringLiteral("ok"));
        QCOMPARE(textAt(model, 2, OperationsModel::BalanceAfter), QStringLiteral("7.00"));
        QCOMPARE(textAt(model, 2, OperationsModel::Overlapped), QStringLiteral("9"));
        TimelineEntry open = samples::smallSnapshot().timeline[0];
        open.finished = false;
        model.setTimeline({open});
        QCOMPARE(textAt(model, 0, OperationsModel::EndedAs), QStringLiteral("under way"));
        QCOMPARE(textAt(model, 0, OperationsModel::Took), QStringLiteral("–"));
    }

    void keepsRowsWhileARunGrows()
    {
        OperationsModel model;
        model.setTimeline(samples::smallSnapshot(3).timeline);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
        model.setTimeline(samples::smallSnapshot(10).timeline);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(inserts.count(), 1);
        model.setTimeline(samples::smallSnapshot(2).timeline); // another run
        QCOMPARE(resets.count(), 1);
    }

    void writesTheNumbersAsCsv()
    {
        NumbersModel model;
        model.setSeries(samples::longSnapshot(12).series);
        const QStringList lines = model.csv().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 13);
        for (const QString& line : lines)
            QCOMPARE(line.count(QLatin1Char(',')), 11);
    }

    void marksTheRowInQuestion()
    {
        ChainModel model;
        const Report report = samples::violatedReport();
        model.setChain(report.chains[0], {QStringLiteral("key-3")});
        QCOMPARE(model.firstMarked(), 3);
        QCOMPARE(textAt(model, 3, ChainModel::Before), QStringLiteral("8.00"));
        QCOMPARE(textAt(model, 3, ChainModel::After), QStringLiteral("7.00"));
        model.setChain(report.chains[0], {});
        QCOMPARE(model.firstMarked(), -1);
    }

    void judgesABatchByWhatItMustDo()
    {
        const Scenario scenario = samples::smallScenario();
        const Control control = scenario.controls.first();
        const RunJob plain{scenario, {}};
        const RunJob broken{scenario, control};
        QVERIFY(isAsExpected(plain, samples::passReport()));
        QVERIFY(!isAsExpected(plain, samples::unknownReport()));
        QVERIFY(isAsExpected(broken, samples::violatedReport()));
        QVERIFY(!isAsExpected(broken, samples::passReport()));
        QVERIFY(!isAsExpected(plain, Failure{}));
        BatchModel model;
        model.setJobs({plain, broken, broken});
        model.setResult(0, samples::passReport());
        model.setResult(1, samples::violatedReport());
        model.setResult(2, samples::passReport());
        QCOMPARE(model.ended(), 3);
        QCOMPARE(model.asExpected(), 2);
        QCOMPARE(textAt(model, 0, BatchModel::Ended), QStringLiteral("PASS"));
        QCOMPARE(textAt(model, 1, BatchModel::Ended), QStringLiteral("caught by R4"));
        QCOMPARE(textAt(model, 2, BatchModel::Ended), QStringLiteral("not caught: PASS"));
    }

    void namesTheHolderOfALockThatIsNoWorker()
    {
        LockWait wait = samples::smallSnapshot().lockWaits.first();
        QCOMPARE(blockersOf(wait), QStringLiteral("worker 0"));
        wait.blockerNames = {QStringLiteral("tallystick")};
        QCOMPARE(blockersOf(wait), QStringLiteral("the scenario's own lock"));
        wait.blockerPids = {1, 2, 3, 4, 5, 6};
        wait.blockerNames = {QStringLiteral("a/w1"), QStringLiteral("a/w2"), QString(),
                             QStringLiteral("psql"), QStringLiteral("a/w5"), QString()};
        QCOMPARE(blockersOf(wait),
                 QStringLiteral("worker 1, worker 2, process 3, psql and 2 more"));
        wait.blockerPids.clear(); // as a report that was read back knows it
        QCOMPARE(blockersOf(wait),
                 QStringLiteral("worker 1, worker 2, another process, psql and 2 more"));
    }

    void legendsWrapInsteadOfHiding()
    {
        LegendLine legend;
        legend.setTitle(QStringLiteral("Throughput"));
        legend.setEntries({{.name = QStringLiteral("ok"), .value = QStringLiteral("1,450/s")},
                           {.name = QStringLiteral("refused"), .value = QStringLiteral("80/s")},
                           {.name = QStringLiteral("failed"), .value = QStringLiteral("14/s")},
                           {.name = QStringLiteral("unknown"), .value = QStringLiteral("0/s")}});
        legend.resize(700, legend.height());
        legend.show();
        QCoreApplication::processEvents();
        const int one = legend.height();
        legend.resize(220, one);
        QCoreApplication::processEvents();
        QVERIFY(legend.height() >= 2 * one);
        // The same legend keeps its height while values change; another one starts anew.
        legend.setEntries({{.name = QStringLiteral("ok")}});
        QVERIFY(legend.height() >= 2 * one);
        legend.setTitle(QStringLiteral("Backlog"));
        QCOMPARE(legend.height(), one);
        legend.resize(700, legend.height());
        QCoreApplication::processEvents();
        QCOMPARE(legend.height(), one);
    }

    void aFinishedRunSaysItsMeanRate()
    {
        Report report = samples::passReport();
        report.okPerSecond = 1234;
        report.live.okPerSecond = 0; // nothing was answered in the second it ended in
        RunView view;
        view.setReport(report);
        const QString said = view.findChild<QLabel*>(QStringLiteral("stressPhase"))->text();
        QVERIFY2(said.contains(QStringLiteral("1,234 ok/s")), qPrintable(said));
    }

    void theStripShowsWholeRowsOnly()
    {
        OutcomeStrip strip;
        strip.resize(250, 640);
        strip.show();
        strip.setReport(samples::violatedReport());
        for (const int height : {640, 601, 777, 1000, 640}) {
            strip.resize(250, height);
            QTest::qWait(20);
            for (const char* name : {"stressInvariants", "stressLockWaits"}) {
                const auto* table = strip.findChild<QTableView*>(QLatin1String(name));
                QVERIFY(table->height() > 0);
                QCOMPARE(table->viewport()->height() % 40, 0);
            }
        }
    }

    void listsOutcomesWithTheirReasons()
    {
        LiveSnapshot snapshot = samples::longSnapshot(5);
        snapshot.outcomes.replayed = 15;
        CountList list;
        list.setRows(countRows(snapshot));
        const QString text = list.text();
        QVERIFY2(text.contains(QStringLiteral("Answered again 15")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("credits insufficient")), qPrintable(text));
        QVERIFY(!countRows({}).isEmpty());
        QVERIFY(!text.contains(QStringLiteral("Skipped")));
        snapshot.outcomes.unfinished = 3;
        list.setRows(countRows(snapshot));
        QVERIFY2(list.text().contains(QStringLiteral("Under way 3")), qPrintable(list.text()));
        snapshot.phase = LiveSnapshot::Phase::Finished;
        list.setRows(countRows(snapshot));
        QVERIFY2(list.text().contains(QStringLiteral("Unfinished 3")), qPrintable(list.text()));
    }

    void chartsStandEverySize_data()
    {
        QTest::addColumn<LiveSnapshot>("snapshot");
        QTest::addColumn<bool>("hasCurves");
        QTest::newRow("empty") << LiveSnapshot{} << false;
        QTest::newRow("one point") << samples::longSnapshot(1) << true;
        QTest::newRow("small run") << samples::smallSnapshot() << true;
        QTest::newRow("600 points") << samples::longSnapshot(600) << true;
        QTest::newRow("all refused") << allRefused() << true;
        QTest::newRow("very long names") << veryLongNames() << true;
    }

    void chartsStandEverySize()
    {
        QFETCH(LiveSnapshot, snapshot);
        QFETCH(bool, hasCurves);
        ChartStack stack;
        stack.resize(700, 640);
        stack.show();
        stack.setSnapshot(snapshot);
        const QImage image = imageOf(stack);
        const QColor blue = theme::seriesColor(0, stack.palette());
        const QColor orange = theme::seriesColor(1, stack.palette());
        // The legends hold a dab of each colour in any case; curves are far more.
        const int curvePixels = pixelsOf(image, blue) + pixelsOf(image, orange);
        if (!hasCurves) {
            QVERIFY(stack.charts()[0]->text().contains(QLatin1String("appear here")));
        } else {
            QVERIFY2(curvePixels > 130, qPrintable(QString::number(curvePixels)));
            QVERIFY(stack.charts()[0]->text().startsWith(QLatin1String("Throughput: ok ")));
        }
        // Again and back to nothing: series are exchanged, none is left behind.
        stack.setSnapshot({});
        QVERIFY(stack.charts()[2]->text().contains(QLatin1String("appear here")));
    }

    void hasTwoChartsMoreForAnOpenRun()
    {
        ChartStack stack;
        stack.resize(900, 700);
        stack.show();
        LiveSnapshot snapshot = samples::longSnapshot(60);
        stack.setSnapshot(snapshot);
        const qsizetype usual = stack.charts().size();
        for (SeriesPoint& point : snapshot.series)
            point.lag = {.count = 1, .p50 = 5, .p95 = 5, .p99 = 5, .max = 5};
        snapshot.lag = snapshot.series.last().lag;
        stack.setSnapshot(snapshot);
        QCOMPARE(stack.charts().size(), usual + 2);
        QVERIFY(stack.charts()[2]->text().startsWith(QLatin1String("Sent late by")));
        QVERIFY(stack.charts()[3]->text().startsWith(QLatin1String("Backlog")));
        // The next closed run hides them again.
        stack.setSnapshot(samples::longSnapshot(60));
        QVERIFY(stack.charts()[2]->text().startsWith(QLatin1String("Balance")));
        QVERIFY(stack.charts()[usual - 1]->isVisible() && !stack.charts()[usual]->isVisible());
    }

    void movesOneCrossHairThroughAllCharts()
    {
        ChartStack stack;
        stack.resize(700, 640);
        stack.show();
        stack.setSnapshot(samples::longSnapshot(60));
        const QString now = stack.charts()[0]->text();
        QTest::keyClick(&stack, Qt::Key_Home);
        QCOMPARE(stack.readOut(), QStringLiteral("at 0.00 s"));
        QVERIFY(stack.charts()[0]->text().contains(QStringLiteral("ok –"))); // before any bucket
        for (int i = 0; i < 32; ++i)
            QTest::keyClick(&stack, Qt::Key_Right);
        QCOMPARE(stack.readOut(), QStringLiteral("at 32.00 s"));
        QVERIFY(stack.charts()[0]->text().contains(QStringLiteral("ok 120/s"))); // in the dip
        QVERIFY(stack.charts()[1]->text().contains(QStringLiteral("p50 48.0 ms")));
        QTest::keyClick(&stack, Qt::Key_End);
        QTest::keyClick(&stack, Qt::Key_Right);
        QCOMPARE(stack.readOut(), QStringLiteral("at 60.00 s"));
        QCOMPARE(stack.charts()[0]->text(), now);
    }

    void timelineShowsAndFindsItsBars()
    {
        TimelineView view;
        view.resize(700, 300);
        view.show();
        const LiveSnapshot snapshot = samples::smallSnapshot();
        view.setTimeline(snapshot.timeline, snapshot.elapsedSeconds);
        QSignalSpy changes(&view, &TimelineView::currentChanged);
        QTest::mouseMove(view.viewport(), view.barOf(4).center());
        QTRY_COMPARE(view.current(), 4);
        QCOMPARE(changes.count(), 1);
        // Later ones wait longer, so they reach further right.
        QVERIFY(view.barOf(9).right() > view.barOf(0).right() + 100);
        QVERIFY(view.barOf(9).top() > view.barOf(0).top());
        const QImage image = imageOf(*view.viewport());
        QVERIFY(pixelsOf(image, theme::seriesColor(0, view.palette())) > 500);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.current(), 5);
        QTest::keyClick(&view, Qt::Key_Left);
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(view.current(), 3);
    }

    void timelineStandsEverySize_data()
    {
        QTest::addColumn<int>("operations");
        for (const int operations : {0, 1, 3, 100, 500})
            QTest::addRow("%d operations", operations) << operations;
    }

    void timelineStandsEverySize()
    {
        QFETCH(int, operations);
        OperationsView view;
        view.resize(600, 420);
        view.show();
        view.setSnapshot(samples::smallSnapshot(operations));
        auto* timeline = view.findChild<TimelineView*>();
        auto* table = view.findChild<QTableView*>(QStringLiteral("stressOperations"));
        QVERIFY(timeline && table);
        QCOMPARE(table->model()->rowCount(), operations);
        QVERIFY(!imageOf(view).isNull());
        QCOMPARE(timeline->barOf(operations), QRect());
        if (operations == 0)
            return;
        // The table's row and the bar are one thing.
        table->setCurrentIndex(table->model()->index(operations - 1, 0));
        QCOMPARE(timeline->current(), operations - 1);
        const auto* readOut = view.findChild<QLabel*>(QStringLiteral("stressTimelineReadOut"));
        QVERIFY(readOut->text().startsWith(QStringLiteral("worker %1: spend").arg(operations - 1)));
        view.setSnapshot({}); // a new run: nothing current is left over
        QCOMPARE(timeline->current(), -1);
    }

    void saysEveryVerdictInItsWord()
    {
        VerdictCard card;
        const auto* word = card.findChild<QLabel*>(QStringLiteral("stressVerdict"));
        QVERIFY(word);
        QVERIFY(card.isHidden());
        card.setReport(samples::passReport());
        QCOMPARE(word->text(), QStringLiteral("PASS"));
        QCOMPARE(word->accessibleName(), QStringLiteral("Verdict: PASS"));
        card.setReport(samples::violatedReport());
        QCOMPARE(word->text(), QStringLiteral("VIOLATED"));
        QVERIFY(card.text().contains(QStringLiteral("R4 Chain unbroken")));
        card.setReport(samples::unknownReport());
        QCOMPARE(word->text(), QStringLiteral("UNKNOWN"));
        card.setBatch({.asExpected = 40, .ended = 40, .planned = 40});
        QCOMPARE(word->text(), QStringLiteral("PASS"));
        card.setBatch({.asExpected = 39, .ended = 40, .planned = 40});
        QCOMPARE(word->text(), QStringLiteral("VIOLATED"));
        card.setBatch({.asExpected = 12, .ended = 12, .planned = 40}); // stopped
        QCOMPARE(word->text(), QStringLiteral("UNKNOWN"));
        card.clear();
        QVERIFY(word->text().isEmpty());
    }

    void saysOnceWhatKeptEveryCheckFromBeingDecided()
    {
        Report report = samples::unknownReport();
        for (InvariantResult& invariant : report.invariants)
            invariant.examples = {{.what = QStringLiteral("noSnapshot")}};
        ExamplesModel examples;
        examples.setReport(report);
        QCOMPARE(examples.rowCount(), 1);
        QCOMPARE(examples.index(0, ExamplesModel::Check).data().toString(),
                 QStringLiteral("R1 and 7 more"));
        const QStringList reasons = reasonSentences(report, Detail::Short);
        QCOMPARE(reasons.first(), QStringLiteral("8 checks could not be decided."));
        QCOMPARE(reasonSentences(report).first().count(QStringLiteral("R4 Chain unbroken")), 1);
        // What names a row is never left out.
        for (InvariantResult& invariant : report.invariants)
            invariant.examples.first().key = samples::key(QStringLiteral("key-1"));
        examples.setReport(report);
        QCOMPARE(examples.rowCount(), 8);
    }

    void saysWhichChecksHadNothingToCheck()
    {
        Report report = samples::passReport();
        QCOMPARE(verdictSentence(report), QStringLiteral("10 operations; all 8 checks hold."));
        report.invariants[6].checked = 0;
        QCOMPARE(verdictSentence(report),
                 QStringLiteral("10 operations; all 7 checks hold, 1 had nothing to check."));
        InvariantsModel model;
        model.setInvariants(report.invariants);
        QCOMPARE(model.index(6, InvariantsModel::Title).data(SubtitleRole).toString(),
                 QStringLiteral("R7 · nothing to check"));
        const QModelIndex cameOut = model.index(6, InvariantsModel::CameOut);
        QVERIFY(cameOut.data().toString() != QStringLiteral("valid"));
        QCOMPARE(cameOut.data(Qt::AccessibleTextRole).toString(),
                 QStringLiteral("nothing to check"));
        QCOMPARE(model.index(5, InvariantsModel::CameOut).data().toString(),
                 QStringLiteral("valid"));
        report.invariants = {report.invariants.first()};
        QCOMPARE(verdictSentence(report), QStringLiteral("10 operations; the one check holds."));
        report.verdict = Verdict::Violated;
        report.invariants.first().validity = Validity::Invalid;
        QCOMPARE(verdictSentence(report),
                 QStringLiteral("10 operations; 1 of 1 checks is violated."));
    }

    void codesOfFailuresHaveTheirMeaning()
    {
        QCOMPARE(detailWords(QStringLiteral("40P01")), QStringLiteral("deadlock (40P01)"));
        QCOMPARE(detailWords(QStringLiteral("ZZ999")), QStringLiteral("ZZ999"));
        QCOMPARE(detailWords(QStringLiteral("CreditsInsufficient")),
                 QStringLiteral("credits insufficient"));
    }

    void showsTheRowsAroundACounterExample()
    {
        RunView view;
        view.resize(900, 800);
        view.show();
        view.setReport(samples::violatedReport());
        auto* button = view.findChild<QPushButton*>(QStringLiteral("stressShowRows"));
        QVERIFY(button && button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(view.page(), RunView::Page::Rows);
        const auto* rows = view.findChild<QTableView*>(QStringLiteral("stressRows"));
        QCOMPARE(rows->model()->rowCount(), 10);
        QCOMPARE(rows->currentIndex().row(), 3);
        const auto* sentence = view.findChild<QLabel*>(QStringLiteral("stressRowsSentence"));
        QVERIFY2(sentence->text().contains(QStringLiteral("expected $6.00, found $7.00")),
                 qPrintable(sentence->text()));
    }

    void copiesPictureNumbersAndCommand()
    {
        RunView view;
        view.resize(900, 800);
        view.show();
        view.setReport(samples::unknownReport());
        const QImage picture = view.picture().toImage();
        QVERIFY(pixelsOf(picture, theme::seriesColor(0, view.palette())) > 200);
        view.copyCommand();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(
            QStringLiteral("tallystick stress run hot-customer")));
        view.copyNumbers();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("at_seconds,")));
        view.copyPicture();
        QVERIFY(!QGuiApplication::clipboard()->pixmap().isNull());
    }

    void followsTheThemeAtRunTime()
    {
        ChartStack stack;
        stack.resize(700, 640);
        stack.show();
        stack.setSnapshot(samples::longSnapshot(60));
        const QColor light = theme::seriesColor(3, theme::Scheme::Light);
        const QColor dark = theme::seriesColor(3, theme::Scheme::Dark);
        QVERIFY(pixelsOf(imageOf(stack), light) > 50);
        // What the application hands to each widget when its palette changes.
        stack.setPalette(theme::palette(theme::Scheme::Dark));
        QVERIFY(pixelsOf(imageOf(stack), dark) > 50);
        QVERIFY(pixelsOf(imageOf(stack), light) < 20);
    }
};

QTEST_MAIN(tst_StressViews)
#include "tst_stressviews.moc"
