// SPDX-License-Identifier: GPL-3.0-or-later
//! The middle of the stress page: what the run is, its verdict, its charts, operations and rows.
#pragma once
#include "ui/stress/runsession.h"

#include <QtWidgets/QWidget>

class QStackedWidget;
class QTabBar;
class QToolButton;

namespace tallystick {

class Banner;
class BatchModel;
class ChartStack;
class HairlineTable;
class Label;
class NumbersModel;
class OperationsView;
class RowsView;
class VerdictCard;

class RunView final : public QWidget
{
    Q_OBJECT
public:
    enum class Page { Charts, Operations, Numbers, Rows, Runs, Checks };
    explicit RunView(QWidget* parent = nullptr);

    /// What would be run; shown while nothing has been.
    void setScenario(const Scenario& scenario);
    /// A run begins: everything of the one before goes.
    void begin(const Scenario& scenario);
    void beginBatch(const QList<RunJob>& jobs);
    void setSnapshot(const LiveSnapshot& snapshot);
    void setReport(const Report& report);
    void setFailure(const Error& error);
    /// Why no run can be started here.
    void setUnavailable(const QString& title, const QString& sentence);
    void endBatch(bool areControls);
    /// Takes \a side, which has no room of its own, as a page; nullptr: it has, and was taken back.
    void setSide(QWidget* side);
    void setHint(const QString& hint); ///< beside the phase; empty: none

    void showPage(Page page);
    [[nodiscard]] Page page() const;
    [[nodiscard]] BatchModel* batch() const { return m_batch; }
    [[nodiscard]] VerdictCard* verdictCard() const { return m_verdict; }
    void showExamples(const QString& invariantId);

    /// \name Copies of what is shown
    /// @{
    [[nodiscard]] QPixmap picture();
    void copyPicture();
    void copyNumbers();
    void copyCommand();
    void savePicture();
    void saveReport();
    void saveJson();
    /// @}

signals:
    void retryRequested();
    /// A row of a batch was chosen: its report is shown.
    void reportShown(const tallystick::Report& report);

private:
    void layOut();
    [[nodiscard]] QWidget* corner();
    void setOffered(Page page, bool isOffered);
    void showRows(const Example& example);
    void showBatchRow(int row);
    void fill(const Report& report);
    void save(const QString& title, const QString& name, const QString& filter,
              const std::function<QByteArray()>& content);

    Scenario m_scenario;
    std::optional<Report> m_report;
    Label* m_title;
    Label* m_load;
    Label* m_phase;
    Banner* m_banner;
    VerdictCard* m_verdict;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    ChartStack* m_charts;
    OperationsView* m_operations;
    NumbersModel* m_numbers;
    HairlineTable* m_numbersTable;
    RowsView* m_rows;
    BatchModel* m_batch;
    HairlineTable* m_batchTable;
    QWidget* m_sidePage;
    QString m_hint;
    QString m_phaseText;
};

} // namespace tallystick
