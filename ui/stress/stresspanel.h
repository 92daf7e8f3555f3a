// SPDX-License-Identifier: GPL-3.0-or-later
//! The stress page: choose a scenario, watch it run, read the verdict.
#pragma once
#include "ui/stress/attack.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QSplitter;

namespace tallystick {

class OutcomeStrip;
class RunForm;
class RunSession;
class RunView;
struct RunJob;

/// Runs happen on a thread of their own; the page looks at them eight times a second. Destroying it
/// stops a run and waits for its end, a second or two.
class StressPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit StressPanel(const Services& services, QWidget* parent = nullptr);
    /// With attacks of another make and other scenarios than the built-in ones.
    StressPanel(AttackMaker make, const QList<Scenario>& scenarios, QWidget* parent = nullptr);
    ~StressPanel() override;

    [[nodiscard]] bool isRunning() const;
    /// Chooses a scenario by name and starts it; false when there is none or a run is on.
    bool run(const QString& scenarioName);
    /// Runs that scenario's first control, its posting broken on purpose, which must fail.
    bool runControl(const QString& scenarioName);
    void stop();
    void focusSearch();
    /// Shows a run that ended elsewhere or earlier.
    void showReport(const Report& report);

signals:
    void runEnded();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void layOut();
    void arrange();
    void startChosen();
    void startSuite();
    void startControls();
    void start(const QList<RunJob>& jobs);
    void takeFrame();
    void takeReport(const Report& report);
    void takeResult(int index, const Result<Report>& result);
    void finish();
    void escape();

    RunSession* m_session = nullptr; ///< none where there is no lab
    RunForm* m_form;
    RunView* m_view;
    OutcomeStrip* m_strip;
    QSplitter* m_splitter;
    bool m_isNarrow = false; ///< the strip is a page of the view
    QTimer m_frames;
    QElapsedTimer m_firstEscape;
    QList<RunJob> m_jobs;
    bool m_isBatch = false;
};

} // namespace tallystick
