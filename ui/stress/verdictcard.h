// SPDX-License-Identifier: GPL-3.0-or-later
//! The verdict of a run in words, with its reasons and the first counter-examples.
#pragma once
#include "ledger/stress/report.h"

#include <QtWidgets/QWidget>

class QPushButton;

namespace tallystick {

class Card;
class ExamplesModel;
class HairlineTable;
class Label;

/// What many runs came to together.
struct BatchVerdict
{
    int asExpected = 0;
    int ended = 0;
    int planned = 0;
    bool areControls = false;
};

class VerdictCard final : public QWidget
{
    Q_OBJECT
public:
    explicit VerdictCard(QWidget* parent = nullptr);
    void clear(); ///< and hides
    void setReport(const Report& report);
    void setBatch(const BatchVerdict& batch);
    /// The word and every sentence, as a screen reader gets them.
    [[nodiscard]] QString text() const;

signals:
    void rowsRequested(const tallystick::Example& example);
    void saveReportRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void put(Verdict verdict, const QString& sentence, const QStringList& reasons);
    void requestRows();

    Card* m_card;
    Label* m_word;
    Label* m_sentence;
    Label* m_reasons;
    ExamplesModel* m_examples;
    HairlineTable* m_table;
    QPushButton* m_rows;
    QPushButton* m_save;
};

} // namespace tallystick
