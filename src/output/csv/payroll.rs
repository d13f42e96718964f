//! `payroll.csv`: base and premiums in rows of their own; the sum of `amount` is the labour cost, exactly.

use crate::domain::roster::{PayClass, PayLine};
use crate::domain::workforce::Workforce;
use crate::output::artifact::OutputError;
use crate::output::records::{self, PayrollRow};

pub(super) fn write(pay: &[PayLine], workforce: &Workforce) -> Result<Vec<u8>, OutputError> {
    let row = |line: &PayLine| PayrollRow {
        agent: workforce.agents[line.agent.0].id.to_string(),
        shift_id: line.shift.to_string(),
        date: line.date,
        class: match &line.class {
            PayClass::Base => "base".to_owned(),
            PayClass::Gap => "gap".to_owned(),
            PayClass::Premium(class) => class.clone(),
        },
        minutes: line.minutes.get(),
        rate: line.rate,
        amount: line.amount,
    };
    records::write(pay.iter().map(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{AgentIx, ShiftId};
    use crate::domain::units::{Minutes, Money};
    use crate::output::example;

    #[test]
    fn base_and_premium_stand_apart() {
        // 450 min at 12.50 an hour: 93.75; 120 min of them at night for 20 % more: 2.50 an hour, 5.00.
        let line = |class, minutes, rate: f64| PayLine {
            agent: AgentIx(0),
            shift: ShiftId::new("s1"),
            date: example::date("2026-11-30"),
            class,
            minutes: Minutes::new(minutes),
            rate: Money::rounded(rate),
            amount: Money::for_minutes(Money::rounded(rate), Minutes::new(minutes)),
        };
        let pay = [line(PayClass::Base, 450, 12.5), line(PayClass::Premium("night".into()), 120, 2.5)];
        let bytes = write(&pay, &example::workforce()).expect("a table");
        assert_eq!(
            String::from_utf8(bytes).expect("text"),
            "agent,shift_id,date,class,minutes,rate,amount\n\
             a001,s1,2026-11-30,base,450,12.50,93.75\n\
             a001,s1,2026-11-30,night,120,2.50,5.00\n"
        );
    }
}
